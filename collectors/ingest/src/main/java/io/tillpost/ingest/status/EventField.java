package io.tillpost.ingest.status;

/** A field of a message event, with its path in a CloudEvent and its name in an OTLP log record. */
public enum EventField {
  ID("id", "tillpost.event.id"),
  SOURCE("source", "service.name"),
  MESSAGE_ID("subject", "messaging.message.id"),
  TIME("time", "timestamp"),
  STAGE("data.stage", "tillpost.stage"),
  WORKFLOW("data.workflow", "tillpost.workflow"),
  ATTEMPT("data.attempt", "tillpost.attempt"),
  CAPTURED_AT("data.capturedAt", "tillpost.captured_at"),
  CORRELATION_ID("data.correlationId", "messaging.message.conversation_id"),
  FROM_SYSTEM("data.source", "tillpost.source"),
  TO_SYSTEM("data.target", "tillpost.target"),
  STORE_ID("data.storeId", "tillpost.store.id"),
  REGISTER_ID("data.registerId", "tillpost.register.id"),
  BUSINESS_DATE("data.businessDate", "tillpost.business_date"),
  TRANSACTION_NUMBER("data.transactionNumber", "tillpost.transaction_number"),
  AMOUNT_MINOR("data.amount.minor", "tillpost.amount.minor"),
  AMOUNT_CURRENCY("data.amount.currency", "tillpost.amount.currency"),
  KEYS("data.keys", "tillpost.key"),
  SCHEMA_VERSION("data.schemaVersion", "tillpost.schema_version"),
  FAILURE_CODE("data.failure.code", "error.type"),
  FAILURE_MESSAGE("data.failure.message", "exception.message"),
  FAILURE_FIELD("data.failure.field", "tillpost.failure.field"),
  FAILURE_CLASS("data.failure.class", "tillpost.failure.class"),
  PAYLOAD("data.payload", "body");

  private final String cloudEventPath;
  private final String attribute;

  EventField(String cloudEventPath, String attribute) {
    this.cloudEventPath = cloudEventPath;
    this.attribute = attribute;
  }

  /** Where it stands in a CloudEvent, like {@code data.failure.code}. */
  public String cloudEventPath() {
    return cloudEventPath;
  }

  /** The attribute of an OTLP log record, or the word for the member that holds it. */
  public String attribute() {
    return attribute;
  }
}
