/**
 * Schemas of payloads: JSON Schema and XML Schema, read from files at the start, so that a
 * correction is checked before it is sent. Nothing of a schema or of a payload is ever fetched.
 */
@NullMarked
package io.tillpost.console.schema;

import org.jspecify.annotations.NullMarked;
