package io.tillpost.console.exceptions;

import io.tillpost.alerting.notify.PersonalMail;
import io.tillpost.alerting.notify.PersonalMails;
import io.tillpost.console.exceptions.Addressees.Addressee;
import io.tillpost.console.text.MomentText;
import io.tillpost.failure.Fingerprint;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Mails people that a comment names them or their team, and that their team was given an exception
 * with which nobody deals: each once, several in one mail, and none of what was acted on meanwhile.
 * It goes by what is kept, so that nothing is lost with a console; any number of consoles may do it
 * at the same time.
 */
final class MentionMails {
  /** A mention that is older is found under Mine, and no news any more. */
  private static final Duration NEWS = Duration.ofDays(1);

  private static final int MOST_IN_A_MAIL = 20;

  /** So long it is not asked again whether somebody who may not know of an exception may now. */
  private static final Duration FOREIGN = Duration.ofMinutes(5);

  private static final DocumentKind<MentionsTold> KIND =
      new DocumentKind<>("mention-mails", MentionsTold.class, Map.of(), false);

  private final TriageRecords records;
  private final Documents<MentionsTold> told;
  private final Optional<PersonalMails> mails;
  private final Addressees addressees;
  private final ExceptionStores stores;
  private final UnaryOperator<String> names;
  private final MentionMailTiming timing;
  private final ZoneId zone;
  private final Clock clock;

  /** Until when who is bound to stores is taken for one who may not know of an exception. */
  private final Map<String, Instant> foreign = new ConcurrentHashMap<>();

  /**
   * Mails by these.
   *
   * @param mails empty where no mails are sent
   * @param names what people are called, by login name
   */
  MentionMails(
      TriageRecords records,
      DocumentStore documents,
      Optional<PersonalMails> mails,
      Addressees addressees,
      ExceptionStores stores,
      UnaryOperator<String> names,
      MentionMailTiming timing,
      ZoneId zone,
      Clock clock) {
    this.records = records;
    this.told = documents.of(KIND);
    this.mails = mails;
    this.addressees = addressees;
    this.stores = stores;
    this.names = names;
    this.timing = timing;
    this.zone = zone;
    this.clock = clock;
  }

  /** Does it once. */
  void run() {
    if (mails.isEmpty() || !timing.enabled()) {
      return;
    }
    List<Addressee> all = addressees.all();
    if (all.isEmpty()) {
      return;
    }
    finishAll(all.stream().map(Addressee::id).collect(Collectors.toSet()));
    Instant since = clock.instant().minus(NEWS);
    // Of the exceptions no more is kept than is told of them: a day may have thousands.
    Map<String, Map<String, News>> news = new HashMap<>();
    records.eachWithNews(
        since,
        group ->
            all.forEach(
                to ->
                    News.of(group, to, since)
                        .forEach(
                            one ->
                                news.computeIfAbsent(to.id(), _ -> new HashMap<>())
                                    .putIfAbsent(one.id(), one))));
    Instant now = clock.instant();
    foreign.values().removeIf(until -> !now.isBefore(until));
    List<Addressee> bound = all.stream().filter(to -> to.scope().isBound()).toList();
    Map<String, Set<String>> knowing = new HashMap<>();
    for (Addressee to : all) {
      List<News> waiting =
          news.getOrDefault(to.id(), Map.of()).values().stream()
              .sorted(Comparator.comparing(News::at).thenComparing(News::id))
              .toList();
      if (!waiting.isEmpty()) {
        tell(
            to,
            waiting,
            one -> knowing.computeIfAbsent(one, exception -> mayKnow(exception, bound)));
      }
    }
  }

  /** Which of these, who are bound to stores, may be told of the exception. */
  private Set<String> mayKnow(String exception, List<Addressee> bound) {
    Set<String> failedIn = stores.of(new Fingerprint(exception));
    return bound.stream()
        .filter(to -> failedIn.stream().anyMatch(to.scope()::has))
        .map(Addressee::id)
        .collect(Collectors.toSet());
  }

  /**
   * Whether it may be told: of a team's, who is bound to stores is told what has a failed message
   * of these; what somebody is asked by name, who asks has decided.
   *
   * @param knowing which of those who are bound may know of an exception; a question to the storage
   */
  private boolean mayKnow(Addressee to, News news, Function<String, Set<String>> knowing) {
    if (news.team() == null || !to.scope().isBound()) {
      return true;
    }
    String key = to.id() + " " + news.fingerprint();
    if (foreign.containsKey(key)) {
      return false;
    }
    boolean may = knowing.apply(news.fingerprint()).contains(to.id());
    if (!may) {
      foreign.put(key, clock.instant().plus(FOREIGN));
    }
    return may;
  }

  private void tell(Addressee to, List<News> waiting, Function<String, Set<String>> knowing) {
    Optional<Versioned<MentionsTold>> known = told.get(to.id());
    known.ifPresent(this::finish);
    MentionsTold before =
        known.map(Versioned::value).map(MentionsTold::written).orElse(MentionsTold.NOTHING);
    Instant now = clock.instant();
    List<News> untold =
        waiting.stream().filter(one -> !before.told().containsKey(one.id())).toList();
    if (isTooSoon(untold, now)
        || (before.lastAt() != null && before.lastAt().plus(timing.pause()).isAfter(now))) {
      return;
    }
    List<News> news = untold.stream().filter(one -> mayKnow(to, one, knowing)).toList();
    if (isTooSoon(news, now)) {
      return;
    }
    PersonalMail mail = mail(to, before.count() + 1, news);
    MentionsTold claimed =
        before.claimed(
            news.stream().collect(Collectors.toMap(News::id, News::at, (a, _) -> a)),
            mail,
            now,
            now.minus(NEWS.multipliedBy(2)));
    boolean mine =
        known
            .map(version -> told.replace(version, claimed))
            .orElseGet(() -> told.create(to.id(), claimed));
    if (mine) {
      told.get(to.id()).ifPresent(this::finish);
    }
  }

  /** Whether there is nothing to tell, or more may come soon; the oldest stands first. */
  private boolean isTooSoon(List<News> news, Instant now) {
    return news.isEmpty() || news.getFirst().at().plus(timing.delay()).isAfter(now);
  }

  /** Whether anything new waits for them or not: the console that claimed the mail may be gone. */
  private void finishAll(Set<String> ids) {
    told.findAll(
        DocumentQuery.ALL,
        part -> part.stream().filter(known -> ids.contains(known.id())).forEach(this::finish));
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

  private PersonalMail mail(Addressee to, int number, List<News> news) {
    List<News> told = news.stream().limit(MOST_IN_A_MAIL).toList();
    Map<String, String> untitled =
        records.titles(
            told.stream()
                .filter(one -> one.title() == null)
                .map(News::fingerprint)
                .collect(Collectors.toSet()));
    List<PersonalMail.Item> items = new ArrayList<>();
    told.forEach(one -> items.add(item(one, untitled)));
    if (news.size() > told.size()) {
      items.add(
          new PersonalMail.Item(
              "%,d more".formatted(news.size() - told.size()),
              "They are in the inbox of who is asked",
              "The first %d of %,d are above.".formatted(told.size(), news.size()),
              "/exceptions?" + (to.teams().isEmpty() ? "assignee=me" : "team=mine")));
    }
    return new PersonalMail(
        "mention-%s-%d".formatted(to.id(), number),
        to.id(),
        to.address(),
        subject(news, items.getFirst().title()),
        items);
  }

  private PersonalMail.Item item(News one, Map<String, String> untitled) {
    String title = one.title();
    String who = names.apply(one.by()) + (one.team() == null ? "" : " " + one.words());
    String fingerprint = one.fingerprint();
    return new PersonalMail.Item(
        title == null ? untitled.getOrDefault(fingerprint, fingerprint) : title,
        "%s, %s".formatted(who, MomentText.full(one.at(), zone)),
        Objects.requireNonNullElse(
            one.text(), "Nobody deals with it yet: take it, or give it to somebody."),
        "/exceptions/" + fingerprint);
  }

  private String subject(List<News> news, String title) {
    News first = news.getFirst();
    if (news.size() == 1) {
      return "%s %s: %s".formatted(names.apply(first.by()), first.words(), title);
    }
    return news.stream().allMatch(one -> one.team() == null)
        ? "%,d comments ask you, the first about %s".formatted(news.size(), title)
        : "%,d comments and hand-overs, the first about %s".formatted(news.size(), title);
  }
}
