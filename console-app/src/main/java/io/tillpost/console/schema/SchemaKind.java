package io.tillpost.console.schema;

/** The kind of payload that a schema is for. */
public enum SchemaKind {
  JSON,
  XML
}
