package io.tillpost.console.senders;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.store.IngestSender.Bounds;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundsTextTest {
  @Test
  void aQuotaOfOneIsNotMany() {
    assertThat(BoundsText.of(new Bounds(List.of("0412"), 1L, 1L)))
        .isEqualTo("store 0412, 1 record/s, 1 byte/s");
    assertThat(BoundsText.of(new Bounds(List.of(), 50L, 1_000_000L)))
        .isEqualTo("all stores, 50 records/s, 1,000,000 bytes/s");
  }
}
