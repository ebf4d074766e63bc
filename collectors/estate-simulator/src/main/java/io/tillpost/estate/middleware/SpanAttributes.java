package io.tillpost.estate.middleware;

import io.opentelemetry.api.common.AttributeKey;

/** Keys of span attributes: OpenTelemetry's where it has one. */
final class SpanAttributes {
  static final AttributeKey<String> STORE = AttributeKey.stringKey("tillpost.store.id");
  static final AttributeKey<String> WORKFLOW = AttributeKey.stringKey("tillpost.workflow");
  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  static final AttributeKey<String> PEER = AttributeKey.stringKey("peer.service");
  static final AttributeKey<Long> LIMIT =
      AttributeKey.longKey("http.response.header.x-ratelimit-limit");
  static final AttributeKey<Long> REMAINING =
      AttributeKey.longKey("http.response.header.x-ratelimit-remaining");
  static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  static final AttributeKey<String> DESTINATION =
      AttributeKey.stringKey("messaging.destination.name");
  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.type");
  static final AttributeKey<String> MESSAGE_ID = AttributeKey.stringKey("messaging.message.id");
  static final AttributeKey<String> CONVERSATION_ID =
      AttributeKey.stringKey("messaging.message.conversation_id");

  private SpanAttributes() {}
}
