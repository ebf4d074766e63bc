package io.tillpost.console.exceptions;

import io.tillpost.alerting.notify.PersonalMail;
import io.tillpost.alerting.notify.PersonalMails;
import io.tillpost.console.text.MomentText;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.TriageComment;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Mails people that a comment names them: each comment once, several in one mail, and none of what
 * they have acted on meanwhile. It goes by the comments as they are kept, so that none is lost with
 * a console; any number of consoles may do it at the same time.
 */
final class MentionMails {
  /** A mention that is older is found under Mine, and no news any more. */
  private static final Duration NEWS = Duration.ofDays(1);

  private static final int MOST_IN_A_MAIL = 20;
  private static final DocumentKind<MentionsTold> KIND =
      new DocumentKind<>("mention-mails", MentionsTold.class, Map.of(), false);

  private final TriageRecords records;
  private final Documents<MentionsTold> told;
  private final Optional<PersonalMails> mails;
  private final Supplier<Map<String, String>> addresses;
  private final UnaryOperator<String> names;
  private final MentionMailTiming timing;
  private final ZoneId zone;
  private final Clock clock;

  /**
   * Mails by these.
   *
   * @param mails empty where no mails are sent
   * @param addresses of people, by login name
   * @param names what people are called, by login name
   */
  MentionMails(
      TriageRecords records,
      DocumentStore documents,
      Optional<PersonalMails> mails,
      Supplier<Map<String, String>> addresses,
      UnaryOperator<String> names,
      MentionMailTiming timing,
      ZoneId zone,
      Clock clock) {
    this.records = records;
    this.told = documents.of(KIND);
    this.mails = mails;
    this.addresses = addresses;
    this.names = names;
    this.timing = timing;
    this.zone = zone;
    this.clock = clock;
  }

  /** A comment that names somebody. */
  private record Mention(ExceptionGroup exception, TriageComment comment) {
    String id() {
      return "%s %s %s".formatted(exception.fingerprint(), comment.at(), comment.author());
    }
  }

  /** Does it once. */
  void run() {
    if (mails.isEmpty() || !timing.enabled()) {
      return;
    }
    Map<String, String> people = addresses.get();
    if (people.isEmpty()) {
      return;
    }
    finishAll(people.keySet());
    Instant since = clock.instant().minus(NEWS);
    List<ExceptionGroup> commented = records.commentedSince(since);
    people.forEach(
        (login, address) -> {
          List<Mention> mentions =
              commented.stream()
                  .filter(group -> group.waitsFor(login))
                  .flatMap(group -> mentions(group, login, since).stream())
                  .sorted(Comparator.comparing(mention -> mention.comment().at()))
                  .toList();
          if (!mentions.isEmpty()) {
            tell(login, address, mentions);
          }
        });
  }

  private static List<Mention> mentions(ExceptionGroup group, String login, Instant since) {
    return group.comments().stream()
        .filter(
            comment ->
                comment.at().isAfter(since)
                    && comment.at().isAfter(group.lastActedAt(login))
                    && !comment.author().equals(login)
                    && comment.mentions(login))
        .map(comment -> new Mention(group, comment))
        .toList();
  }

  private void tell(String login, String address, List<Mention> mentions) {
    Optional<Versioned<MentionsTold>> known = told.get(login);
    known.ifPresent(this::finish);
    MentionsTold before =
        known.map(Versioned::value).map(MentionsTold::written).orElse(MentionsTold.NOTHING);
    List<Mention> news =
        mentions.stream()
            .filter(mention -> !before.told().containsKey(mention.id()))
            .limit(MOST_IN_A_MAIL)
            .toList();
    Instant now = clock.instant();
    if (news.isEmpty()
        || news.getFirst().comment().at().plus(timing.delay()).isAfter(now)
        || (before.lastAt() != null && before.lastAt().plus(timing.pause()).isAfter(now))) {
      return;
    }
    PersonalMail mail = mail(login, address, before.count() + 1, news);
    MentionsTold claimed =
        before.claimed(
            news.stream()
                .collect(Collectors.toMap(Mention::id, m -> m.comment().at(), (a, _) -> a)),
            mail,
            now,
            now.minus(NEWS.multipliedBy(2)));
    boolean mine =
        known
            .map(version -> told.replace(version, claimed))
            .orElseGet(() -> told.create(login, claimed));
    if (mine) {
      told.get(login).ifPresent(this::finish);
    }
  }

  /** Whether anything new waits for them or not: the console that claimed the mail may be gone. */
  private void finishAll(Set<String> people) {
    told.findAll(
        DocumentQuery.ALL,
        part -> part.stream().filter(known -> people.contains(known.id())).forEach(this::finish));
  }

  /**
   * Writes the mail that was claimed; where it is written already, nothing comes of it. One that
   * was claimed long ago is dropped.
   */
  private void finish(Versioned<MentionsTold> known) {
    PersonalMail mail = known.value().outstanding();
    Instant claimed = known.value().lastAt();
    if (mail != null) {
      if (claimed != null && claimed.isAfter(clock.instant().minus(NEWS))) {
        mails.orElseThrow().write(mail);
      }
      told.replace(known, known.value().written());
    }
  }

  private PersonalMail mail(String login, String address, int number, List<Mention> news) {
    Map<String, String> untitled =
        records.titles(
            news.stream()
                .map(Mention::exception)
                .filter(group -> group.title() == null)
                .map(ExceptionGroup::fingerprint)
                .collect(Collectors.toSet()));
    List<PersonalMail.Item> items = new ArrayList<>();
    for (Mention mention : news) {
      ExceptionGroup group = mention.exception();
      String title = group.title();
      items.add(
          new PersonalMail.Item(
              title == null
                  ? untitled.getOrDefault(group.fingerprint(), group.fingerprint())
                  : title,
              "%s, %s"
                  .formatted(
                      names.apply(mention.comment().author()),
                      MomentText.full(mention.comment().at(), zone)),
              mention.comment().text(),
              "/exceptions/" + group.fingerprint()));
    }
    Mention first = news.getFirst();
    String subject =
        news.size() == 1
            ? "%s asks you: %s"
                .formatted(names.apply(first.comment().author()), items.getFirst().title())
            : "%,d comments ask you, the first about %s"
                .formatted(news.size(), items.getFirst().title());
    return new PersonalMail(
        "mention-%s-%d".formatted(login, number), login, address, subject, items);
  }
}
