package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.StartProperties;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The latest outcomes and answers, of one operation or of all operations to one target. */
final class HealthRecord {
  private static final int OUTCOMES = 50;
  private static final int ANSWERS = 20;

  private final StartProperties bounds;
  private final Deque<Entry<Boolean>> failures = new ArrayDeque<>();
  private final Deque<Entry<Duration>> answers = new ArrayDeque<>();

  HealthRecord(StartProperties bounds) {
    this.bounds = bounds;
  }

  /**
   * What was seen.
   *
   * @param operation whose message it was
   * @param number counts what was seen over all records, so that it tells before from after
   */
  private record Entry<T>(String operation, long number, T value) {}

  /**
   * The sentences that it answers with.
   *
   * @param failed what failed, after a number: {@code messages}
   * @param answered what the answers belong to, after {@code answers}; begins with a blank, or
   *     empty
   */
  record Subject(String failed, String answered) {}

  synchronized void took(String operation, long number, Duration time) {
    keep(answers, new Entry<>(operation, number, time), ANSWERS);
  }

  synchronized void ended(String operation, long number, boolean failed) {
    keep(failures, new Entry<>(operation, number, failed), OUTCOMES);
  }

  /**
   * Why an operation should pause, as a sentence; empty if it need not. Once it has seen enough by
   * itself, that alone counts: what fails for others may be the fault of their messages.
   *
   * @param operation the operation
   * @param since what has this number or a smaller one is over
   * @param own the words where it is its own messages that the sentence speaks of
   * @param all the words where it is those of other operations too
   */
  synchronized Optional<String> objection(String operation, long since, Subject own, Subject all) {
    return objection(failures, operation, since, own, all, this::tooManyFailed)
        .or(() -> objection(answers, operation, since, own, all, this::tooSlow));
  }

  private <T> Optional<String> objection(
      Deque<Entry<T>> seen,
      String operation,
      long since,
      Subject own,
      Subject all,
      Judge<T> judge) {
    List<Entry<T>> latest = seen.stream().filter(entry -> entry.number() > since).toList();
    List<Entry<T>> ours =
        latest.stream().filter(entry -> entry.operation().equals(operation)).toList();
    boolean alone = ours.size() >= bounds.judgeFrom() || ours.size() == latest.size();
    List<Entry<T>> judged = alone ? ours : latest;
    return judged.size() < bounds.judgeFrom()
        ? Optional.empty()
        : judge.of(judged.stream().map(Entry::value).toList(), alone ? own : all);
  }

  private Optional<String> tooManyFailed(List<Boolean> latest, Subject subject) {
    long failed = latest.stream().filter(f -> f).count();
    return failed * 100 > (long) bounds.pauseAbove() * latest.size()
        ? Optional.of(
            "%d of the latest %d %s failed, more than %d %%"
                .formatted(failed, latest.size(), subject.failed(), bounds.pauseAbove()))
        : Optional.empty();
  }

  private Optional<String> tooSlow(List<Duration> latest, Subject subject) {
    Duration median = latest.stream().sorted().skip(latest.size() / 2).findFirst().orElseThrow();
    return median.compareTo(bounds.pauseSlower()) > 0
        ? Optional.of(
            "Half of the latest %d answers%s took longer than %s"
                .formatted(latest.size(), subject.answered(), words(bounds.pauseSlower())))
        : Optional.empty();
  }

  private static String words(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  private static <T> void keep(Deque<T> latest, T one, int most) {
    latest.addLast(one);
    if (latest.size() > most) {
      latest.removeFirst();
    }
  }

  /** Judges what was seen. */
  private interface Judge<T> {
    Optional<String> of(List<T> latest, Subject subject);
  }
}
