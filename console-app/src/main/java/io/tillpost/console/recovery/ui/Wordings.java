package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Paragraph;
import io.tillpost.console.recovery.ui.ReasonDialog.Wording;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.RecoveryAction;

/** What the dialogs say that ask for a reason. */
final class Wordings {
  /** Warns before another attempt is made of what the target may have already. */
  static final String IN_DOUBT =
      "Nobody knows whether an earlier attempt reached the target. Another one may post it a second"
          + " time: look there first, or ask the target.";

  /** What somebody says with a tick who has read that. */
  static final String LOOKED = "I have looked: the target does not have it";

  /** What somebody says with a tick who knows of a newer message. */
  static final String IN_SPITE = "Send it in spite of the newer one";

  /** Warns before a message is sent that a newer one makes needless. */
  static Paragraph superseded(MessageId newer) {
    return new Paragraph(
        new Text("A newer message about the same article and place got through: "),
        ItemLinks.message(newer.value()),
        new Text(". This older one may undo what it has set."));
  }

  static final Wording RETRY =
      new Wording(
          "Retry this message",
          "The middleware makes the next attempt. It is done only when the target confirms it.",
          "Why is it worth another attempt?",
          "the tax code is there now",
          "Retry",
          "Retry started; done when the target confirms");

  static final Wording DISCARD =
      new Wording(
          "Discard this message",
          "Nobody waits for it any more: it leaves impact, exceptions and alerts. Nothing is sent"
              + " to the middleware, and it can be restored as long as it is stored.",
          "Why need it not arrive?",
          "the store booked it by hand",
          "Discard",
          "It is being discarded");

  static final Wording RESTORE =
      new Wording(
          "Restore this message",
          "It stands as it did before it was discarded.",
          "Why is it needed after all?",
          "it was not booked by hand",
          "Restore",
          "It is being restored");

  static final Wording ANYWAY =
      new Wording(
          "Send them before earlier ones",
          "The list is planned anew, with the messages that were left out because an earlier one of"
              + " the same transaction or article has failed. Nothing is sent yet.",
          "Why does their order not matter?",
          "the earlier ones were booked by hand",
          "Preview",
          "Planned anew; nothing is sent yet");

  static final Wording SUPERSEDED_ANYWAY =
      new Wording(
          "Send superseded ones anyway",
          "The list is planned anew, with the messages that were left out because a newer one about the"
              + " same article and place makes them needless. The older one may undo what the newer"
              + " one has set. Nothing is sent yet.",
          "Why are the older ones right?",
          "the newer count was of another article",
          "Preview",
          "Planned anew; nothing is sent yet");

  static final Wording EDITED_ANYWAY =
      new Wording(
          "Send it before earlier ones",
          "The retry with the corrected payload is planned, to go before the earlier ones of the same"
              + " transaction or article that have failed. Nothing is sent yet.",
          "Why does their order not matter?",
          "the earlier ones were booked by hand",
          "Preview",
          "Planned; nothing is sent yet");

  static final Wording CANCEL =
      new Wording(
          "Cancel this operation",
          "What has not gone out is left alone; what has gone out is followed to its end. It cannot"
              + " be taken up again.",
          "Why is it cancelled?",
          "the ERP posts these twice",
          "Cancel operation",
          "It is being cancelled");

  static final Wording DECLINE =
      new Wording(
          "Decline this operation",
          "Nothing is sent. Who asked for it sees why.",
          "Why is it not approved?",
          "half of these are posted already",
          "Decline",
          "Declined; nothing is sent");

  private Wordings() {}

  private static final Wording EDIT =
      new Wording(
          "Edit and retry",
          "The corrected payload is sent with the next attempt.",
          "Why is the payload corrected?",
          "the master data team named the right unit",
          "Start",
          "Retry started; done when the target confirms");

  private static final Wording REPLAY =
      new Wording(
          "Replay",
          "Recorded messages go out again.",
          "Why are they sent again?",
          "the ERP was restored from yesterday's backup",
          "Start",
          "Replay started; done when the target confirms");

  /** What is said of the action. */
  static Wording of(RecoveryAction action) {
    return switch (action) {
      case RETRY -> RETRY;
      case EDIT_AND_RETRY -> EDIT;
      case REPLAY -> REPLAY;
      case DISCARD -> DISCARD;
      case RESTORE -> RESTORE;
    };
  }
}
