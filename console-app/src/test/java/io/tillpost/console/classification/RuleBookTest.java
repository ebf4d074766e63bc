package io.tillpost.console.classification;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class RuleBookTest {
  private static final String ONE = "rules:\n  - {rule: One, class: mapping, code: A}\n";
  private static final String TWO = "rules:\n  - {rule: Two, class: security, code: A}\n";

  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(Samples.MORNING);
  private final RuleBook book = book();

  @BeforeEach
  void logIn() {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken("support", "", "ROLE_SUPPORT"));
  }

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void savedRulesCountAtOnceHereAndSoonInOtherConsoles() {
    RuleBook other = book();
    assertThat(other.rules().rules()).isEmpty();
    assertThat(book.rules().rules()).isEmpty();

    assertThat(book.save(ONE, 0, "First rules")).isInstanceOf(SaveAnswer.Saved.class);

    assertThat(book.rules().rules()).extracting(ClassificationRule::name).containsExactly("One");
    clock.advance(Duration.ofSeconds(3));
    assertThat(other.rules().rules()).extracting(ClassificationRule::name).containsExactly("One");
    assertThat(book.rules().rules()).extracting(ClassificationRule::name).containsExactly("One");
  }

  @Test
  void everyVersionIsKeptWithWhoWhenAndWhy() {
    book.save(ONE, 0, "First rules");
    clock.advance(Duration.ofMinutes(1));
    book.save(TWO, 1, "  It is security ");

    assertThat(book.history())
        .extracting(RuleVersion::number, RuleVersion::author, RuleVersion::reason)
        .containsExactly(
            Tuple.tuple(2, "support", "It is security"),
            Tuple.tuple(1, "support", "First rules"),
            Tuple.tuple(0, "Tillpost", "The rules that come with Tillpost"));
    assertThat(book.history().get(1).text()).isEqualTo(ONE);
  }

  @Test
  void aRuleAssignsToNobodyWhoCannotBeAssigned() {
    String anna = "rules: [{rule: One, class: mapping, code: A, assignee: anna}]";

    assertThat(book.save(anna.replace("anna", "ben"), 0, "First rules"))
        .isInstanceOfSatisfying(
            SaveAnswer.Invalid.class,
            invalid ->
                assertThat(invalid.problems()).containsExactly(new RuleProblem(1, 56, "No ben")));
    assertThat(book.save(anna, 0, "First rules")).isInstanceOf(SaveAnswer.Saved.class);
  }

  @Test
  void whoGotNoAnswerAsksAgainAndSavesNothingTwice() {
    book.save(ONE, 0, "First rules");
    assertThat(book.save(ONE, 0, "First rules"))
        .isInstanceOfSatisfying(
            SaveAnswer.Saved.class, saved -> assertThat(saved.version().number()).isEqualTo(1));
    assertThat(book.history()).hasSize(2);
  }

  @Test
  void whoChangedAnOldVersionOverwritesNothing() {
    book.save(ONE, 0, "First rules");

    assertThat(book.save(TWO, 0, "Mine"))
        .isInstanceOfSatisfying(
            SaveAnswer.Refused.class,
            refused -> assertThat(refused.reason()).startsWith("support saved version 1"));
    assertThat(book.current().text()).isEqualTo(ONE);
  }

  @Test
  void whatIsWrongOrSaysNoReasonIsNotSaved() {
    assertThat(book.save("rules: 1", 0, "First rules")).isInstanceOf(SaveAnswer.Invalid.class);
    assertThat(book.save(ONE, 0, " x ")).isInstanceOf(SaveAnswer.Refused.class);
    assertThat(book.history()).hasSize(1);
  }

  @Test
  void theShippedRulesAreRight() throws IOException {
    String shipped =
        new ClassPathResource("tillpost/classification-rules.yaml")
            .getContentAsString(StandardCharsets.UTF_8);

    assertThat(RuleText.read(shipped)).isInstanceOf(RuleText.Valid.class);
  }

  private RuleBook book() {
    return new RuleBook(
        stores.documents(),
        "rules: []",
        login -> "anna".equals(login) ? Optional.empty() : Optional.of("No " + login),
        new AuditLog(stores.documents(), Optional::empty, clock),
        new CurrentOperator(),
        clock);
  }
}
