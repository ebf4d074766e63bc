package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.alerting.notify.Notification;
import io.tillpost.alerting.notify.NotificationKind;
import io.tillpost.alerting.notify.Outcome;
import io.tillpost.failure.Fingerprint;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.memory.InMemoryStores;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a comment names is mailed, once. */
class MentionMailsTest extends TriageWorld {
  private Fingerprint tax;
  private Fingerprint away;

  @BeforeEach
  void twoExceptions() {
    tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    away = fail("TIMEOUT", sale("0002"));
    addresses.put("oncall", "oncall@chain.example");
    addresses.put("support", "support@chain.example");
  }

  @Test
  void severalCommentsGoIntoOneMailAfterAWhile() {
    triage.comment(tax, "@oncall is that <b>yours</b>?\nOr @nobody's?");
    clock.advance(Duration.ofSeconds(30));
    triage.comment(away, "And this one, @ONCALL? Not oncall@chain.example, @support");
    mentions.run();
    assertThat(mails()).isEmpty();

    clock.advance(Duration.ofSeconds(31));
    mentions.run();
    mentions.run();
    mentionMails().run();

    Notification mail = only();
    assertThat(mail.recipients()).containsExactly("oncall@chain.example");
    assertThat(mail.kind()).isEqualTo(NotificationKind.MENTION);
    assertThat(mail.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(mail.subject())
        .isEqualTo("[MENTION] 2 comments ask you, the first about " + title(tax));
    assertThat(mail.text())
        .contains("Mr support, ")
        .contains("  @oncall is that <b>yours</b>?\n  Or @nobody's?")
        .contains("https://tillpost.chain.example/exceptions/" + tax)
        .contains("https://tillpost.chain.example/exceptions/" + away);
    assertThat(mail.html()).contains("&lt;b&gt;yours").doesNotContain("<b>yours");
  }

  @Test
  void whoIsAskedIsToldHoweverManyExceptionsPeopleTalkAbout() {
    for (int i = 0; i < 1_100; i++) {
      Fingerprint other = new Fingerprint("%016x".formatted(i));
      records.change(
          other,
          group -> Optional.of(group.titled("Other").commented("Seen", "ada", clock.instant())));
    }
    // Comes last where they are read by their names.
    Fingerprint last = new Fingerprint("f".repeat(16));
    records.change(
        last,
        group -> Optional.of(group.titled("Last").commented("@oncall?", "ada", clock.instant())));
    later(Duration.ofMinutes(2));

    assertThat(only().subject()).isEqualTo("[MENTION] Mr ada asks you: Last");
  }

  @Test
  void theNextMailToAPersonWaits() {
    triage.comment(tax, "@oncall?");
    later(Duration.ofMinutes(2));
    triage.comment(away, "@oncall, this too?");
    later(Duration.ofMinutes(9));
    assertThat(mails()).hasSize(1);
    later(Duration.ofMinutes(2));
    assertThat(mails())
        .extracting(Notification::subject)
        .containsExactly(
            "[MENTION] Mr support asks you: " + title(tax),
            "[MENTION] Mr support asks you: " + title(away));
    later(Duration.ofHours(5));
    assertThat(mails()).hasSize(2);
  }

  @Test
  void whoHasActedMeanwhileOrHasNoAddressGetsNone() {
    triage.comment(tax, "@oncall?");
    clock.advance(Duration.ofSeconds(1));
    logIn("oncall");
    triage.assignToMe(tax);
    addresses.remove("support");
    triage.comment(tax, "Mine, @support");
    later(Duration.ofMinutes(2));
    assertThat(mails()).isEmpty();
    assertThat(records.get(tax).waitsFor("support")).isTrue();

    addresses.put("support", "support@chain.example");
    later(Duration.ofDays(2));
    assertThat(mails()).as("no news any more").isEmpty();
  }

  @Test
  void aMailThatWasClaimedBeforeACrashIsWrittenByAnother() {
    claimAndDie();
    // Nothing else waits for this person, who may look at the screen already.
    logIn("oncall");
    triage.assignToMe(tax);

    mentionMails().run();

    assertThat(only().recipients()).containsExactly("oncall@chain.example");
  }

  @Test
  void aMailThatWasClaimedLongAgoIsNoNewsAnyMore() {
    claimAndDie();
    clock.advance(Duration.ofDays(3));
    triage.comment(away, "@oncall?");
    later(Duration.ofMinutes(2));

    assertThat(only().subject()).isEqualTo("[MENTION] Mr support asks you: " + title(away));
  }

  /** As in a console that dies between the claim and the mail. */
  private void claimAndDie() {
    triage.comment(tax, "@oncall?");
    clock.advance(Duration.ofMinutes(2));
    InMemoryStores gone = new InMemoryStores();
    gone.breakDown("gone");
    assertThatThrownBy(mentionMails(gone)::run).isInstanceOf(StoreUnavailableException.class);
    assertThat(mails()).isEmpty();
  }

  @Test
  void aLoginThatIsAMailAddressIsNoSecondDomainOfTheMessageId() {
    addresses.put("ann@chain.example", "ann@chain.example");
    triage.comment(tax, "@ann@chain.example?");
    later(Duration.ofMinutes(2));

    assertThat(only().messageId()).matches("<[a-zA-Z0-9=-]+(\\.[a-zA-Z0-9=-]+)*@[a-z.]+>");
  }

  private void later(Duration time) {
    clock.advance(time);
    mentions.run();
    mentionMails().run();
  }

  private String title(Fingerprint exception) {
    return records.get(exception).title();
  }

  private Notification only() {
    assertThat(mails()).hasSize(1);
    return mails().getFirst();
  }

  private List<Notification> mails() {
    return stores
        .documents()
        .of(Notification.DOCUMENTS)
        .find(DocumentQuery.ALL.sorted("created_at", false))
        .items()
        .stream()
        .map(Versioned::value)
        .toList();
  }
}
