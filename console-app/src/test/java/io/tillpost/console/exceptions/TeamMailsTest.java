package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.alerting.notify.Notification;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.Team;
import io.tillpost.console.security.Teams;
import io.tillpost.failure.Fingerprint;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents.Versioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A team that is asked or given an exception is mailed, once, and nobody who may not know. */
class TeamMailsTest extends TriageWorld {
  private Fingerprint tax;
  private Fingerprint away;

  @BeforeEach
  void twoExceptionsAndATeam() {
    tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    away = fail("TIMEOUT", sale("0002"));
    users.addAll(Set.of("ben", "zoe"));
    for (String login : List.of("support", "oncall", "ben", "zoe")) {
      addresses.put(login, login + "@chain.example");
    }
    teams = new Teams(List.of(team(null, "support", "oncall", "ben")));
  }

  @Test
  void aHandOverWithoutAnAssigneeIsMailedToTheMembersButWhoGaveIt() {
    triage.giveToTeam(tax, "Retail IT");
    triage.assign(away, "ben", "Retail IT");
    later(Duration.ofMinutes(2));

    assertThat(recipients()).containsExactlyInAnyOrder("oncall@chain.example", "ben@chain.example");
    assertThat(mails())
        .allSatisfy(
            mail -> {
              assertThat(mail.subject())
                  .isEqualTo("[MENTION] Mr support hands over to Retail IT: " + title(tax));
              assertThat(mail.text())
                  .contains("Mr support hands over to Retail IT, ")
                  .contains("Nobody deals with it yet")
                  .contains("https://tillpost.chain.example/exceptions/" + tax)
                  .doesNotContain(away.value());
            });
    later(Duration.ofHours(2));
    assertThat(mails()).hasSize(2);
  }

  @Test
  void aTeamWithAnAddressGetsOneMailAndItsMembersNone() {
    teams = new Teams(List.of(team("retail-it@chain.example", "support", "oncall")));
    triage.giveToTeam(tax, "Retail IT");
    clock.advance(Duration.ofSeconds(1));
    triage.comment(away, "@retail-it, and @ben");
    later(Duration.ofMinutes(2));

    assertThat(recipients())
        .containsExactlyInAnyOrder("retail-it@chain.example", "ben@chain.example");
    assertThat(mails())
        .extracting(Notification::subject)
        .contains(
            "[MENTION] 2 comments and hand-overs, the first about " + title(tax),
            "[MENTION] Mr support asks you: " + title(away));
    later(Duration.ofHours(2));
    assertThat(mails()).hasSize(2);
  }

  @Test
  void whoIsBoundToOtherStoresIsNotToldAndTheAddressOfTheirTeamIsNotUsed() {
    teams = new Teams(List.of(team("retail-it@chain.example", "support", "oncall", "ben")));
    scopes.put("ben", new StoreScope(Set.of("0002"), Set.of(), Set.of()));
    triage.giveToTeam(tax, "Retail IT");
    triage.comment(away, "Seen this, @retail-it?");
    later(Duration.ofMinutes(2));

    assertThat(recipients()).containsExactlyInAnyOrder("oncall@chain.example", "ben@chain.example");
    assertThat(to("ben@chain.example").subject())
        .isEqualTo("[MENTION] Mr support asks Retail IT: " + title(away));
    assertThat(to("ben@chain.example").text()).doesNotContain(tax.value());
    assertThat(to("oncall@chain.example").text()).contains(tax.value(), away.value());
  }

  @Test
  void whoMayNotKnowIsNotAskedAboutAtEveryLookAndIsToldOnceTheyMay() {
    teams = new Teams(List.of(team(null, "ben")));
    scopes.put("ben", new StoreScope(Set.of("0009"), Set.of(), Set.of()));
    triage.giveToTeam(tax, "Retail IT");
    later(Duration.ofMinutes(2));
    fail("TAX_CODE_UNKNOWN", sale("0009"));
    clock.advance(Duration.ofMinutes(4));
    mentions.run();
    assertThat(mails()).as("looked at five minutes ago").isEmpty();

    clock.advance(Duration.ofMinutes(1));
    mentions.run();
    assertThat(recipients()).containsExactly("ben@chain.example");
  }

  @Test
  void whatIsAskedByNameAndByTeamIsToldOnceAndTheStoresOfWhoIsNamedDoNotMatter() {
    scopes.put("ben", new StoreScope(Set.of("0002"), Set.of(), Set.of()));
    triage.comment(tax, "@ben or anybody of @retail-it?");
    later(Duration.ofMinutes(2));

    assertThat(recipients()).containsExactlyInAnyOrder("oncall@chain.example", "ben@chain.example");
    assertThat(to("ben@chain.example").subject()).startsWith("[MENTION] Mr support asks you: ");
  }

  @Test
  void whatWasTakenOrAnsweredMeanwhileIsNoNews() {
    triage.giveToTeam(tax, "Retail IT");
    triage.comment(away, "@retail-it?");
    clock.advance(Duration.ofSeconds(5));
    logIn("oncall");
    triage.assignToMe(tax);
    triage.comment(away, "Yes");
    later(Duration.ofMinutes(2));

    assertThat(mails()).isEmpty();
  }

  @Test
  void thirtyHandOversAreOneMail() {
    List<Fingerprint> many = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      many.add(fail("CODE_" + i, sale("0001")));
    }
    teams = new Teams(List.of(team("retail-it@chain.example", "oncall")));
    bulk().assign(many, AssignWish.toTeam("Retail IT"), "k-1");
    later(Duration.ofMinutes(2));
    later(Duration.ofHours(1));

    assertThat(mails()).hasSize(1);
    assertThat(mails().getFirst().subject())
        .startsWith("[MENTION] 30 comments and hand-overs, the first about ");
    assertThat(mails().getFirst().text())
        .contains("10 more")
        .contains("https://tillpost.chain.example/exceptions?team=mine");
  }

  private static Team team(String mail, String... members) {
    return new Team("Retail IT", List.of(members), mail, null);
  }

  private void later(Duration time) {
    clock.advance(time);
    mentions.run();
    mentionMails().run();
  }

  private String title(Fingerprint exception) {
    return records.get(exception).title();
  }

  private Notification to(String address) {
    return mails().stream()
        .filter(mail -> mail.recipients().contains(address))
        .findFirst()
        .orElseThrow();
  }

  private List<String> recipients() {
    return mails().stream().flatMap(mail -> mail.recipients().stream()).toList();
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
