package io.tillpost.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuditVerdictTest {
  @Test
  void whatTheEndOfTheChainKeepsIsCounted() {
    assertThat(new AuditVerdict.Intact(3, "hash", 0, 0).words()).doesNotContain("end of the chain");
    assertThat(new AuditVerdict.Intact(3, "hash", 0, 1).words())
        .contains(" The last one is kept by the end of the chain alone")
        .endsWith("the next act writes it.");
    assertThat(new AuditVerdict.Intact(3, "hash", 0, 2).words())
        .contains(" The last 2 are kept by the end of the chain alone")
        .endsWith("the next act writes them.");
  }
}
