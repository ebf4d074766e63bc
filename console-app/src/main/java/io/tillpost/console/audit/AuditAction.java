package io.tillpost.console.audit;

/** What was done. */
public enum AuditAction {
  CLASSIFY("Classified"),
  CHANGE_RULES("Changed the classification rules"),
  ASSIGN("Assigned"),
  SET_OWNER_SIDE("Set the owner side"),
  COMMENT("Commented"),
  LINK_TICKET("Linked a ticket"),
  IGNORE("Ignored"),
  NOTICE("Stopped ignoring"),
  MERGE("Merged exceptions"),
  TAKE_APART("Took a merge apart"),
  SPLIT("Split an exception"),
  STOP_AUTOMATIC_RETRY("Stopped the automatic retry"),
  START_AUTOMATIC_RETRY("Started the automatic retry again"),
  RETRY("Retried"),
  EDIT_AND_RETRY("Edited and retried"),
  REPLAY("Replayed"),
  ASK_TARGET("Asked the target"),
  SETTLE("Settled an unconfirmed message"),
  DISCARD("Discarded"),
  RESTORE("Restored"),
  PLAN_OPERATION("Planned an operation"),
  START_OPERATION("Started an operation"),
  APPROVE_OPERATION("Approved an operation"),
  DECLINE_OPERATION("Declined an operation"),
  PAUSE_OPERATION("Paused an operation"),
  RESUME_OPERATION("Resumed an operation"),
  CANCEL_OPERATION("Cancelled an operation"),
  FREEZE_TARGET("Froze a target"),
  LIFT_FREEZE("Lifted the freeze of a target"),
  ACKNOWLEDGE_ALERT("Acknowledged an alert"),
  SEND_AGAIN("Sent a parked record again"),
  MAKE_SENDER("Made a sender"),
  BOUND_SENDER("Changed what a sender may send"),
  ROTATE_KEY("Made a new key for a sender"),
  REVOKE_KEY("Revoked a key of a sender"),
  ADD_CERTIFICATE("Added a client certificate of a sender"),
  REPLACE_CERTIFICATE("Replaced a client certificate of a sender"),
  REMOVE_CERTIFICATE("Removed a client certificate of a sender"),
  KEEP_VIEW("Kept a view"),
  CHANGE_VIEW("Changed a view"),
  SHARE_VIEW("Shared a view"),
  REMOVE_VIEW("Took a view away"),
  LOG_IN("Logged in"),
  LOG_OUT("Logged out"),
  EXPORT("Exported"),
  VERIFY_AUDIT("Verified the audit trail"),
  ADMINISTER("Administered");

  private final String title;

  AuditAction(String title) {
    this.title = title;
  }

  /** The words on screen. */
  public String title() {
    return title;
  }
}
