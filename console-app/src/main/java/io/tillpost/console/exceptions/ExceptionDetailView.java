package io.tillpost.console.exceptions;

import io.tillpost.console.classification.FieldValue;
import io.tillpost.console.recovery.due.AutomaticNotice;
import io.tillpost.failure.EarlierSides;
import io.tillpost.failure.ExceptionMerge;
import io.tillpost.failure.ExceptionSplit;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.SideChange;
import io.tillpost.failure.SplitCondition;
import io.tillpost.failure.TriageComment;
import io.tillpost.failure.TriageStep;
import io.tillpost.message.Money;
import io.tillpost.store.FailureQueries.StoreCount;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exception in full.
 *
 * @param title in plain language, also once it is resolved
 * @param summary as in the list; null once none of its messages is failed any more
 * @param template what its failures have in common, {@code *} for what differs; null likewise
 * @param sampleMessageId the newest of its messages; null likewise
 * @param handOvers when it went over to the other side, oldest first; the latest 100
 * @param earlierHandOvers what those before came to; null where there are none
 * @param mergedInto how it went into another exception, by which its messages are counted now; null
 *     where it did not
 * @param merges what went into it
 * @param splitOff how it was split off another exception; null where it was not
 * @param splits what was split off it
 * @param classOrigin where its class comes from, in words; null once none of its messages is failed
 *     any more
 * @param ownerOrigin which team has it and who deals with it, and where that comes from, in words
 * @param matched what the rule that gave the class matched in the payload; empty also where the
 *     caller may not see it
 * @param automaticRetry what automatic retry does with its messages; null where they are left to
 *     people
 * @param retried what retries of its own messages came to; null where fewer than 10 have an outcome
 * @param retriedAlike what retries of its class towards its target came to in the last 30 days;
 *     null where fewer than 30 have an outcome, and once none of its messages is failed any more
 */
record ExceptionDetailView(
    String id,
    String title,
    ExceptionStatus status,
    @Nullable ExceptionView summary,
    @Nullable String template,
    @Nullable String sampleMessageId,
    List<StoreView> stores,
    @Nullable String ticket,
    List<TriageComment> comments,
    List<TriageStep> history,
    List<SideChange> handOvers,
    @Nullable EarlierSides earlierHandOvers,
    @Nullable MergeView mergedInto,
    List<MergeView> merges,
    @Nullable SplitView splitOff,
    List<SplitView> splits,
    @Nullable String classOrigin,
    String ownerOrigin,
    List<FieldValue> matched,
    @Nullable AutomaticNotice automaticRetry,
    @Nullable RetriedView retried,
    @Nullable RetriedAlikeView retriedAlike) {
  /**
   * What retries came to.
   *
   * @param messages how many have an outcome
   * @param confirmedSoon how many of them were confirmed within {@code withinSeconds} of going out
   * @param confirmed how many were at all
   */
  record RetriedView(long messages, long confirmedSoon, long confirmed, long withinSeconds) {
    static RetriedView of(Retried retried) {
      return new RetriedView(
          retried.messages(), retried.soon(), retried.ever(), retried.within().toSeconds());
    }
  }

  /** What retries of the same class towards the same target came to, of all exceptions. */
  record RetriedAlikeView(
      FailureClass failureClass, String target, long days, RetriedView retried) {
    static RetriedAlikeView of(RetriedAlike alike) {
      return new RetriedAlikeView(
          alike.failureClass(),
          alike.target(),
          alike.over().toDays(),
          RetriedView.of(alike.retried()));
    }
  }

  /** The exception {@code from} went into {@code into}. */
  record MergeView(
      String from,
      String fromTitle,
      String into,
      String intoTitle,
      Instant at,
      String by,
      @Nullable String reason) {
    static MergeView of(ExceptionMerge merge) {
      return new MergeView(
          merge.from().value(),
          merge.fromTitle(),
          merge.into().value(),
          merge.intoTitle(),
          merge.at(),
          merge.by(),
          merge.reason());
    }
  }

  /** The messages of {@code from} for which the condition holds are the exception {@code part}. */
  record SplitView(
      String part,
      String from,
      String fromTitle,
      SplitCondition condition,
      Instant at,
      String by,
      @Nullable String reason) {
    static SplitView of(ExceptionSplit split) {
      return new SplitView(
          split.part().value(),
          split.from().value(),
          split.fromTitle(),
          split.condition(),
          split.at(),
          split.by(),
          split.reason());
    }
  }

  /** One store of an exception. */
  record StoreView(String storeId, long messages, List<Money> money) {
    static StoreView of(StoreCount count) {
      return new StoreView(count.storeId(), count.messages(), count.money().amounts());
    }
  }
}
