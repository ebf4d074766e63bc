package io.tillpost.estate;

import io.tillpost.estate.channel.Answers;
import io.tillpost.estate.channel.Desk;
import io.tillpost.estate.channel.Problem;
import io.tillpost.estate.message.Failure;
import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.MessageKey;
import io.tillpost.estate.middleware.Middleware;
import io.tillpost.estate.middleware.Recovery;
import io.tillpost.estate.middleware.Standing;
import io.tillpost.estate.plan.Arrival;
import io.tillpost.estate.plan.Arrivals;
import io.tillpost.estate.plan.Pace;
import io.tillpost.estate.plan.Store;
import io.tillpost.estate.plan.StorePlan;
import io.tillpost.estate.pos.Numbers;
import io.tillpost.estate.pos.Tills;
import io.tillpost.estate.state.EstateState;
import io.tillpost.estate.state.EstateState.KeptAnswer;
import io.tillpost.estate.state.JournalEntry;
import io.tillpost.estate.state.Kept;
import io.tillpost.estate.state.StateDirectory;
import io.tillpost.estate.trouble.Course;
import io.tillpost.estate.trouble.TroubleScript;
import io.tillpost.estate.trouble.Troubles;
import io.tillpost.estate.wire.EncodedEvent;
import io.tillpost.estate.wire.Tracing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole estate: stores, tills, middleware and what is behind it, in a time that somebody else
 * moves on. Safe for several threads.
 */
final class Estate implements Desk {
  private static final int DAYS_KEPT = 10;

  private final EstateState origin;
  private final Clock clock;
  private final List<Store> stores;
  private final Troubles troubles;
  private final Arrivals arrivals;
  private final Numbers numbers = new Numbers();
  private final Tills tills;
  private final Middleware middleware;
  private final Answers answers = new Answers();
  private List<EncodedEvent> produced = new ArrayList<>();
  private @Nullable StateDirectory journal;
  private long position;

  /** The estate as it was; {@code journal} is what happened after that. */
  Estate(EstateState state, List<JournalEntry> happened, Tracing tracing, Clock clock) {
    this.origin = state;
    this.clock = clock;
    stores = StorePlan.stores(state.stores(), state.seed());
    Instant anchor = Instant.ofEpochMilli(state.anchor());
    troubles = new Troubles(TroubleScript.of(state.scenario()), stores, state.seed(), anchor);
    arrivals = new Arrivals(stores, state.seed(), troubles.rushes());
    tills = new Tills(stores, state.seed(), numbers, troubles::loses);
    middleware =
        new Middleware(
            state.seed(), troubles, state.anchor(), tracing, event -> produced.add(event));
    position = state.position();
    restore(state);
    happened.forEach(this::repeat);
  }

  private void restore(EstateState state) {
    Kept.back(state.numbers(), numbers);
    state.interventions().forEach(troubles::intervene);
    state.open().forEach(open -> middleware.restore(Kept.back(open, tills)));
    state.discarded().forEach(id -> MessageKey.parse(id).ifPresent(middleware::restoreDiscarded));
    for (EstateState.WaitingReport report : state.reports()) {
      Store store = report.store() == 0 ? null : stores.get(report.store() - 1);
      middleware.restoreReport(report.at(), EncodedEvent.of(report.event()), store);
    }
    state.answers().forEach(answers::keep);
  }

  private void repeat(JournalEntry entry) {
    switch (entry) {
      case JournalEntry.Captured captured ->
          MessageKey.parse(captured.id())
              .ifPresent(
                  key -> {
                    numbers.atLeast(Numbers.Row.of(key), key.number());
                    middleware.capture(tills.message(key, captured.at()));
                  });
      case JournalEntry.Reached reached -> {
        middleware.advance(reached.at());
        position = reached.at();
      }
      case JournalEntry.Answered answered -> {
        answers.keep(answered.key(), answered.answer());
        MessageKey.parse(answered.request().messageId())
            .ifPresent(key -> middleware.recover(key, answered.request(), answered.at()));
      }
      case JournalEntry.Intervened intervened -> troubles.intervene(intervened.intervention());
    }
  }

  /** How many documents the ERP has posted since this process started. */
  synchronized long erpPostings() {
    return middleware.erp().postings();
  }

  /** Up to when everything has happened, epoch milliseconds; 0 before the first history is. */
  synchronized long position() {
    return position;
  }

  /** How many messages a stretch of history holds; moves nothing. */
  long count(long from, long to) {
    Numbers scratch = new Numbers();
    numbers.forEach((row, last) -> scratch.atLeast(row, last));
    Tills counted = new Tills(stores, origin.seed(), scratch, troubles::loses);
    long messages = 0;
    for (long at = from; at < to; at += 3_600_000) {
      for (Arrival arrival :
          new Arrivals(stores, origin.seed(), troubles.rushes())
              .between(at, Math.min(to, at + 3_600_000), Pace.HISTORY)) {
        messages += counted.capture(arrival).size();
      }
    }
    return messages;
  }

  /** Stores trade before anybody looks: their numbers run, nothing is captured. */
  synchronized void pass(long from, long to) {
    arrivals.between(from, to, Pace.HISTORY).forEach(tills::pass);
  }

  /**
   * Lets everything happen up to a time.
   *
   * @return how many messages were captured
   */
  synchronized int advance(long to, Pace pace) {
    List<Message> captured = new ArrayList<>();
    for (Arrival arrival : arrivals.between(position, to, pace)) {
      captured.addAll(tills.capture(arrival));
    }
    if (journal != null) {
      List<JournalEntry> entries = new ArrayList<>();
      captured.forEach(m -> entries.add(new JournalEntry.Captured(m.id(), m.capturedAt())));
      entries.add(new JournalEntry.Reached(to));
      append(entries);
    }
    captured.forEach(middleware::capture);
    middleware.advance(to);
    position = to;
    return captured.size();
  }

  /** Starts from a time at which nothing has happened yet. */
  synchronized void startAt(long at) {
    position = at;
  }

  /** The events since the last call, in the order they leave. */
  synchronized List<EncodedEvent> takeEvents() {
    List<EncodedEvent> events = produced;
    produced = new ArrayList<>();
    return events;
  }

  /** Saves what survives a restart; from now on everything goes to the journal first. */
  synchronized void saveTo(StateDirectory directory) throws IOException {
    directory.save(state());
    journal = directory;
  }

  /** What would survive a restart. */
  synchronized EstateState state() {
    LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(position), ZoneOffset.UTC);
    numbers.forgetBefore(today.minusDays(DAYS_KEPT));
    List<EstateState.WaitingReport> reports = new ArrayList<>();
    middleware.pendingReports(
        (at, event, store) ->
            reports.add(
                new EstateState.WaitingReport(
                    at, store == null ? 0 : store.number(), event.text())));
    return new EstateState(
        origin.seed(),
        origin.stores(),
        origin.scenario(),
        origin.anchor(),
        position,
        Kept.of(numbers),
        middleware.open().stream().map(Kept::of).toList(),
        middleware.discarded().stream().map(MessageKey::id).toList(),
        reports,
        troubles.interventions(),
        answers.all());
  }

  @Override
  public synchronized Reply recover(String idempotencyKey, Recovery.Request request) {
    KeptAnswer before = answers.of(idempotencyKey);
    if (before != null) {
      return new Reply(before, 0);
    }
    if (journal == null) {
      return later(5, "The estate is not live yet");
    }
    MessageKey key = MessageKey.parse(request.messageId()).orElse(null);
    long now = Math.max(position, clock.millis());
    Recovery.Answer answer =
        key == null || (middleware.find(key) == null && !tills.hasCaptured(key))
            ? new Recovery.Refused("Message " + request.messageId() + " is not known")
            : middleware.recover(key, request, now);
    return switch (answer) {
      case Recovery.Later wait -> later(wait.seconds(), wait.reason());
      case Recovery.Accepted accepted ->
          keep(idempotencyKey, now, request, 202, "{\"status\":\"accepted\"}");
      case Recovery.AlreadyPosted posted -> {
        String detail = "The target has " + request.messageId() + " already";
        yield keep(idempotencyKey, now, request, 409, Problem.of(409, "Already done", detail));
      }
      case Recovery.Refused refused -> {
        String body = Problem.of(422, "The request was refused", refused.reason());
        yield keep(idempotencyKey, now, request, 422, body);
      }
    };
  }

  @Override
  public synchronized Standing lookUp(MessageKey key) {
    return middleware.find(key) == null && !tills.hasCaptured(key)
        ? Standing.ABSENT
        : middleware.standing(key);
  }

  private static Reply later(int seconds, String reason) {
    return new Reply(new KeptAnswer(503, Problem.of(503, "Not now", reason)), seconds);
  }

  private Reply keep(String key, long now, Recovery.Request request, int status, String body) {
    KeptAnswer answer = new KeptAnswer(status, body);
    append(List.of(new JournalEntry.Answered(key, now, request, answer)));
    answers.keep(key, answer);
    return new Reply(answer, 0);
  }

  @Override
  public synchronized List<TroubleStanding> troubles() {
    long now = Math.max(position, clock.millis());
    Map<String, Long> openByTrouble = new HashMap<>();
    for (Message message : middleware.open()) {
      Failure failure = message.failure();
      if (failure != null) {
        openByTrouble.merge(failure.trouble(), 1L, Long::sum);
      }
    }
    List<TroubleStanding> standings = new ArrayList<>();
    for (Course course : troubles.all()) {
      var failure = course.trouble().failure();
      standings.add(
          new TroubleStanding(
              course.trouble().name(),
              course.trouble().what(),
              course.activeAt(now),
              course.stores().size(),
              failure == null ? null : failure.code(),
              openByTrouble.getOrDefault(course.trouble().name(), 0L)));
    }
    return standings;
  }

  @Override
  public synchronized boolean intervene(String name, boolean start) {
    if (troubles.named(name).isEmpty()) {
      return false;
    }
    Course.Intervention intervention =
        new Course.Intervention(name, Math.max(position, clock.millis()), start);
    append(List.of(new JournalEntry.Intervened(intervention)));
    troubles.intervene(intervention);
    return true;
  }

  private void append(List<JournalEntry> entries) {
    if (journal == null) {
      return;
    }
    try {
      journal.append(entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
