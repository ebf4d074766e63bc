package io.tillpost.console.security;

import static java.util.Map.entry;

import java.util.Map;

/** Every page and every call of the HTTP API there is, and what it needs. */
final class Doors {
  /** What each page needs; a part in braces is filled in. A new page has to be added here. */
  static final Map<String, Permission> PAGES =
      Map.ofEntries(
          entry("impact", Permission.VIEW),
          entry("exceptions", Permission.VIEW),
          entry("rules", Permission.VIEW),
          entry("operations", Permission.VIEW),
          entry("operations/none", Permission.VIEW),
          entry("unconfirmed", Permission.VIEW),
          entry("targets", Permission.VIEW),
          entry("messages", Permission.VIEW),
          entry("messages/none", Permission.VIEW),
          entry("messages/none/edit", Permission.EDIT_AND_RETRY),
          entry("replay", Permission.REPLAY),
          entry("traces", Permission.VIEW),
          entry("traces/none", Permission.VIEW),
          entry("alerts", Permission.VIEW),
          entry("ingest", Permission.VIEW),
          entry("senders", Permission.ADMINISTER),
          entry("senders/none", Permission.ADMINISTER),
          entry("audit", Permission.VIEW_AUDIT));

  /** What each call needs. A new call has to be added here. */
  static final Map<String, Permission> CALLS =
      Map.ofEntries(
          entry("GET /api/v1/me", Permission.VIEW),
          entry("GET /api/v1/teams", Permission.VIEW),
          entry("GET /api/v1/impact", Permission.VIEW),
          entry("GET /api/v1/messages", Permission.VIEW),
          entry("GET /api/v1/messages/{messageId}", Permission.VIEW),
          entry("POST /api/v1/messages/{messageId}/retry", Permission.RETRY),
          entry("POST /api/v1/messages/{messageId}/discard", Permission.DISCARD),
          entry("POST /api/v1/messages/{messageId}/restore", Permission.DISCARD),
          entry("POST /api/v1/messages/{messageId}/ask-target", Permission.RETRY),
          entry("POST /api/v1/messages/{messageId}/edit", Permission.EDIT_AND_RETRY),
          // VIEW_PAYLOAD or APPROVE, of which every role has one; RightsTest tries each by itself.
          entry("GET /api/v1/operations/{id}/differences", Permission.VIEW),
          entry("GET /api/v1/traces/{traceId}", Permission.VIEW),
          entry("GET /api/v1/exceptions", Permission.VIEW),
          entry("GET /api/v1/exceptions.csv", Permission.VIEW),
          entry("GET /api/v1/exceptions.xlsx", Permission.VIEW),
          entry("GET /api/v1/exceptions/{id}", Permission.VIEW),
          entry("POST /api/v1/exceptions/{id}/classify", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/owner", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/assign", Permission.ASSIGN),
          entry("POST /api/v1/exceptions/{id}/comment", Permission.COMMENT),
          entry("POST /api/v1/exceptions/{id}/ignore", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/notice", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/ticket", Permission.COMMENT),
          entry("POST /api/v1/exceptions/{id}/automatic-retry", Permission.RETRY),
          entry("POST /api/v1/exceptions/triage", Permission.COMMENT),
          entry("POST /api/v1/exceptions/{id}/merge", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/take-apart", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/split", Permission.CLASSIFY),
          entry("POST /api/v1/exceptions/{id}/put-back", Permission.CLASSIFY),
          entry("GET /api/v1/classification-rules", Permission.VIEW),
          entry("GET /api/v1/classification-rules/versions", Permission.VIEW),
          entry("POST /api/v1/classification-rules/try", Permission.VIEW),
          entry("PUT /api/v1/classification-rules", Permission.CHANGE_RULES),
          entry("GET /api/v1/operations", Permission.VIEW),
          entry("POST /api/v1/operations", Permission.RETRY),
          entry("GET /api/v1/operations/{id}", Permission.VIEW),
          entry("GET /api/v1/operations/{id}/items.csv", Permission.VIEW),
          entry("POST /api/v1/operations/{id}/start", Permission.RETRY),
          entry("POST /api/v1/operations/{id}/approve", Permission.APPROVE),
          entry("POST /api/v1/operations/{id}/decline", Permission.APPROVE),
          entry("POST /api/v1/operations/{id}/pause", Permission.RETRY),
          entry("POST /api/v1/operations/{id}/resume", Permission.RETRY),
          entry("POST /api/v1/operations/{id}/cancel", Permission.RETRY),
          entry("POST /api/v1/operations/{id}/ask-target", Permission.RETRY),
          entry("POST /api/v1/operations/{id}/items/{messageId}/settle", Permission.RETRY),
          entry("GET /api/v1/questions/{id}", Permission.VIEW),
          entry("GET /api/v1/unconfirmed", Permission.VIEW),
          entry("GET /api/v1/targets", Permission.VIEW),
          entry("POST /api/v1/targets/{name}/freeze", Permission.FREEZE_TARGET),
          entry("POST /api/v1/targets/{name}/lift", Permission.FREEZE_TARGET),
          entry("POST /api/v1/targets/freeze", Permission.FREEZE_TARGET),
          entry("POST /api/v1/targets/lift", Permission.FREEZE_TARGET),
          entry("GET /api/v1/parked-records", Permission.VIEW),
          entry("POST /api/v1/parked-records/send-again", Permission.ADMINISTER),
          entry("POST /api/v1/parked-records/{id}/send-again", Permission.ADMINISTER),
          entry("GET /api/v1/refusals", Permission.VIEW),
          entry("GET /api/v1/senders", Permission.ADMINISTER),
          entry("GET /api/v1/configured-senders", Permission.ADMINISTER),
          entry("POST /api/v1/senders", Permission.ADMINISTER),
          entry("GET /api/v1/senders/{name}", Permission.ADMINISTER),
          entry("PUT /api/v1/senders/{name}/bounds", Permission.ADMINISTER),
          entry("POST /api/v1/senders/{name}/rotate", Permission.ADMINISTER),
          entry("POST /api/v1/senders/{name}/keys/{keyId}/revoke", Permission.ADMINISTER),
          entry("POST /api/v1/senders/{name}/certificates", Permission.ADMINISTER),
          entry(
              "POST /api/v1/senders/{name}/certificates/{certificateId}/replace",
              Permission.ADMINISTER),
          entry(
              "POST /api/v1/senders/{name}/certificates/{certificateId}/remove",
              Permission.ADMINISTER),
          entry("GET /api/v1/views", Permission.VIEW),
          entry("POST /api/v1/views", Permission.VIEW),
          entry("PUT /api/v1/views/{id}", Permission.VIEW),
          entry("DELETE /api/v1/views/{id}", Permission.VIEW),
          entry("GET /api/v1/alerts", Permission.VIEW),
          entry("POST /api/v1/alerts/{id}/acknowledge", Permission.ACKNOWLEDGE_ALERT),
          entry("GET /api/v1/audit", Permission.VIEW_AUDIT),
          entry("GET /api/v1/audit.csv", Permission.VIEW_AUDIT),
          entry("POST /api/v1/audit/verify", Permission.VIEW_AUDIT),
          entry("GET /v3/api-docs", Permission.VIEW),
          entry("GET /v3/api-docs.yaml", Permission.VIEW));

  private Doors() {}
}
