package io.tillpost.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExceptionGroupTest {
  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");
  private static final Failure FAILURE =
      new Failure("TAX_CODE_UNKNOWN", "Tax code DE-19X is not known", null, null);

  private final ExceptionGroup fresh =
      ExceptionGroup.fresh(
          Fingerprint.of("sales-posting", "erp", FAILURE.code(), FAILURE.message()));

  /** The whole table: a dash where the event means nothing. */
  @ParameterizedTest(name = "{0} and {1} make {2}")
  @CsvSource({
    "NEW,ACTED_ON,OPEN",
    "NEW,IGNORED,IGNORED",
    "NEW,NOTICED,-",
    "NEW,WORSENED,-",
    "NEW,RECOVERY_STARTED,RECOVERING",
    "NEW,RECOVERY_ENDED,-",
    "NEW,EMPTIED,RESOLVED",
    "NEW,RETURNED,-",
    "OPEN,ACTED_ON,OPEN",
    "OPEN,IGNORED,IGNORED",
    "OPEN,NOTICED,-",
    "OPEN,WORSENED,ESCALATED",
    "OPEN,RECOVERY_STARTED,RECOVERING",
    "OPEN,RECOVERY_ENDED,-",
    "OPEN,EMPTIED,RESOLVED",
    "OPEN,RETURNED,-",
    "REGRESSED,ACTED_ON,OPEN",
    "REGRESSED,IGNORED,IGNORED",
    "REGRESSED,NOTICED,-",
    "REGRESSED,WORSENED,-",
    "REGRESSED,RECOVERY_STARTED,RECOVERING",
    "REGRESSED,RECOVERY_ENDED,-",
    "REGRESSED,EMPTIED,RESOLVED",
    "REGRESSED,RETURNED,-",
    "ESCALATED,ACTED_ON,OPEN",
    "ESCALATED,IGNORED,IGNORED",
    "ESCALATED,NOTICED,-",
    "ESCALATED,WORSENED,-",
    "ESCALATED,RECOVERY_STARTED,RECOVERING",
    "ESCALATED,RECOVERY_ENDED,-",
    "ESCALATED,EMPTIED,RESOLVED",
    "ESCALATED,RETURNED,-",
    "IGNORED,ACTED_ON,IGNORED",
    "IGNORED,IGNORED,-",
    "IGNORED,NOTICED,OPEN",
    "IGNORED,WORSENED,ESCALATED",
    "IGNORED,RECOVERY_STARTED,RECOVERING",
    "IGNORED,RECOVERY_ENDED,-",
    "IGNORED,EMPTIED,RESOLVED",
    "IGNORED,RETURNED,-",
    "RECOVERING,ACTED_ON,RECOVERING",
    "RECOVERING,IGNORED,-",
    "RECOVERING,NOTICED,-",
    "RECOVERING,WORSENED,-",
    "RECOVERING,RECOVERY_STARTED,RECOVERING",
    "RECOVERING,RECOVERY_ENDED,OPEN",
    "RECOVERING,EMPTIED,RESOLVED",
    "RECOVERING,RETURNED,-",
    "RESOLVED,ACTED_ON,RESOLVED",
    "RESOLVED,IGNORED,-",
    "RESOLVED,NOTICED,-",
    "RESOLVED,WORSENED,-",
    "RESOLVED,RECOVERY_STARTED,RECOVERING",
    "RESOLVED,RECOVERY_ENDED,-",
    "RESOLVED,EMPTIED,-",
    "RESOLVED,RETURNED,REGRESSED"
  })
  void anExceptionGoesFromStatusToStatusAsTheTableSays(
      ExceptionStatus status, ExceptionEvent event, String next) {
    assertThat(ExceptionTransitions.next(status, event))
        .isEqualTo(
            next.equals("-") ? Optional.empty() : Optional.of(ExceptionStatus.valueOf(next)));
  }

  @Test
  void theClassDecidesWhoHasToActUntilSomebodySaysOtherwise() {
    assertThat(fresh.sideOf(FAILURE)).isEqualTo(OwnerSide.IT);

    ExceptionGroup classified = fresh.classified(FailureClass.MASTER_DATA, null, "support", NOW);
    assertThat(classified.sideOf(FAILURE)).isEqualTo(OwnerSide.BUSINESS);
    assertThat(classified.status()).isEqualTo(ExceptionStatus.OPEN);

    ExceptionGroup given = classified.ownedBy(OwnerSide.IT, null, "support", NOW);
    assertThat(given.sideOf(FAILURE)).isEqualTo(OwnerSide.IT);
    assertThat(given.ownedBy(null, null, "support", NOW).sideOf(FAILURE))
        .isEqualTo(OwnerSide.BUSINESS);
  }

  @Test
  void whatWasSaidAndDoneIsOnlyAddedTo() {
    ExceptionGroup group =
        fresh
            .commented("Asked the ERP team", "support", NOW)
            .assigned("support", "Retail IT", "support", NOW.plusSeconds(1))
            .commented("They add the code today", "oncall", NOW.plusSeconds(2));

    assertThat(group.comments())
        .extracting(TriageComment::text)
        .containsExactly("Asked the ERP team", "They add the code today");
    assertThat(group.history())
        .extracting(TriageStep::what)
        .containsExactly("commented", "assigned it to themselves", "commented");
    assertThat(group.assignee()).isEqualTo("support");
    assertThat(group.team()).isEqualTo("Retail IT");
  }

  @Test
  void nobodyAndNoTeamAreDecisionsUntilTheRulesDecideAgain() {
    assertThat(fresh.decidesTeam() || fresh.decidesAssignee()).isFalse();

    ExceptionGroup taken = fresh.assignedTo("support", "support", NOW);
    assertThat(taken.decidesAssignee()).isTrue();
    assertThat(taken.decidesTeam()).isFalse();

    ExceptionGroup nobody = taken.assigned(null, null, "oncall", NOW);
    assertThat(nobody.assignee()).isNull();
    assertThat(nobody.decidesTeam() && nobody.decidesAssignee()).isTrue();

    ExceptionGroup back = nobody.assignedByRule("oncall", NOW);
    assertThat(back.decidesTeam() || back.decidesAssignee()).isFalse();
    assertThat(back.history())
        .extracting(TriageStep::what)
        .containsExactly(
            "assigned it to themselves",
            "took the assignment away",
            "let the rules decide who deals with it");
  }

  @Test
  void ofWhatComesAndGoesOverAndOverTheFirstAndTheLatestAreKept() {
    ExceptionGroup group = fresh.commented("Hm", "anna", NOW);
    for (int i = 1; i <= 200; i++) {
      ExceptionEvent event = i % 2 == 1 ? ExceptionEvent.EMPTIED : ExceptionEvent.RETURNED;
      group = group.after(event, null, "step " + i, NOW.plusSeconds(i)).orElseThrow();
    }
    assertThat(group.history()).hasSize(51);
    assertThat(group.history())
        .extracting(TriageStep::what)
        .startsWith("commented", "step 1", "step 152")
        .endsWith("step 200");
  }
}
