package io.tillpost.console.recovery.earlier;

import io.tillpost.console.recovery.BusinessObject;
import io.tillpost.recovery.EarlierPassed;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings reasons together that differ in an id only, so that a preview counts kinds of reasons. */
public final class SkipReasons {
  /** Why those are left out, in a preview, that a newer message makes needless. */
  public static final String BY_A_NEWER_ONE = "Superseded by a newer message";

  private static final String SUPERSEDED = "Superseded";
  private static final String BREAKS = "It would break the schema ";
  private static final String NOT_CHECKED = "Not checked against its schema, so it is not sent";

  private static final String BEHIND = "Behind an earlier message";
  private static final int NAMED = 5;

  /** What is added where others may be passed: that one had not failed by then. */
  public static final String NOT_PASSED =
      "; it is none of those that had failed when the list was made";

  private SkipReasons() {}

  /** The reason without what differs from message to message. */
  public static String counted(String reason) {
    if (reason.startsWith(BREAKS)) {
      return "With this value they would break the schema of their payload";
    }
    if (reason.startsWith(NOT_CHECKED)) {
      return "Their payload could not be checked against its schema, which says nothing about the value";
    }
    if (reason.startsWith(BEHIND)) {
      return BEHIND + " of the same transaction or article that has failed";
    }
    return reason.startsWith(SUPERSEDED) ? BY_A_NEWER_ONE : reason;
  }

  /** In words, of a correction that does not fit the schema of that name. */
  public static String breaking(String schema, String why) {
    return BREAKS + schema + ": " + why;
  }

  /**
   * In words, of a correction that could not be checked against its schema.
   *
   * @param why and what to do, as sentences
   */
  public static String notChecked(String why) {
    return NOT_CHECKED + ", which says nothing about the value. " + why;
  }

  /** In words, of a newer message on the same list. */
  static String supersededBy(String messageId) {
    return SUPERSEDED + ": the newer message " + messageId + " is on this list";
  }

  /**
   * In words, of an earlier message that has failed and does not go with it.
   *
   * @param object names what both are about
   */
  public static String behind(@Nullable String object, String messageId) {
    return "%s %s that has failed: %s".formatted(BEHIND, sameThing(object), messageId);
  }

  /** In words, of earlier ones that are passed; of many the first. */
  public static String passed(EarlierPassed earlier, @Nullable String object) {
    List<String> ids = earlier.messages();
    int named = Math.min(ids.size(), NAMED);
    int more = ids.size() - named + earlier.more();
    boolean one = ids.size() + earlier.more() == 1;
    String last = more == 0 ? ids.get(named - 1) : more + " more";
    List<String> first = ids.subList(0, more == 0 ? named - 1 : named);
    return "%s %s %s that %s failed"
        .formatted(
            one ? "message" : "messages",
            first.isEmpty() ? last : String.join(", ", first) + " and " + last,
            sameThing(object),
            one ? "has" : "have");
  }

  /** In words, of another message about that object. */
  public static String sameThing(@Nullable String object) {
    return Optional.ofNullable(object)
        .flatMap(BusinessObject::words)
        .map(BusinessObject.Words::sameThing)
        .orElse("about the same business object");
  }
}
