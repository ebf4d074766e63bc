package io.tillpost.console.recovery.edit;

import io.tillpost.console.recovery.Contents;
import io.tillpost.console.recovery.earlier.SkipReasons;
import io.tillpost.message.Payload;
import io.tillpost.recovery.FieldRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sets a field in many payloads: "set {@code lines[*].unit} where it is {@code pcs} to {@code EA}".
 *
 * @param field its path; {@code *} in place of a number stands for every number
 * @param where only where the field has this value; null for any
 * @param value the new value, as text of 1 to 1,000 characters
 */
public record EditRule(String field, @Nullable String where, String value) {
  private static final int LONGEST = 1_000;

  /** What is wrong with it, as a sentence; empty if nothing is. */
  Optional<String> fault() {
    if (field.isBlank()
        || field.length() > LONGEST
        || value.isEmpty()
        || value.length() > LONGEST) {
      return Optional.of("A field and its value have 1 to 1,000 characters");
    }
    return value.equals(where)
        ? Optional.of("The new value is the one that it is set where")
        : Optional.empty();
  }

  /** The rule that an operation was planned with. */
  static EditRule of(FieldRule kept) {
    return new EditRule(kept.field(), kept.where(), kept.value());
  }

  /** As it is kept with an operation. */
  FieldRule kept() {
    return new FieldRule(field, where, value);
  }

  /** The same for the same rule. */
  String words() {
    return "%d:%s %s %s"
        .formatted(
            field.length(), field, where == null ? "-" : where.length() + ":" + where, value);
  }

  /** What is sent for a message with this payload. */
  Contents.Answer of(Optional<Payload> original, EditLocks locks, SchemaRules schema) {
    if (original.isEmpty()) {
      return new Contents.Answer.Left("No payload of it is stored");
    }
    Payload payload = original.get();
    Optional<PayloadFormat> format =
        payload.base64() ? Optional.empty() : PayloadFormat.of(payload.contentType());
    if (format.isEmpty()
        || !(format.get().read(payload.body()) instanceof PayloadFormat.Reading.Fields fields)) {
      return new Contents.Answer.Left("Its payload cannot be edited");
    }
    Map<String, String> values = new LinkedHashMap<>();
    Pattern path = path();
    fields
        .values()
        .forEach(
            (at, is) -> {
              if (path.matcher(at).matches() && (where == null || where.equals(is.text()))) {
                values.put(at, value);
              }
            });
    if (values.isEmpty()) {
      return new Contents.Answer.Left(
          "It has no field " + field + (where == null ? "" : " with that value"));
    }
    return switch (Corrections.of(payload, new Edit.Fields(values), locks, schema)) {
      case Correction.Valid v ->
          new Contents.Answer.Corrected(v.contentType(), v.body(), v.changes());
      case Correction.NotChecked n -> new Contents.Answer.Left(SkipReasons.notChecked(n.why()));
      case Correction.Invalid i ->
          new Contents.Answer.Left(left(payload, values, locks, schema, i));
    };
  }

  /** Why a message is left out; faults quote no value of a payload. */
  private static String left(
      Payload payload,
      Map<String, String> values,
      EditLocks locks,
      SchemaRules schema,
      Correction.Invalid invalid) {
    boolean otherwiseValid =
        Corrections.of(payload, new Edit.Fields(values), locks, SchemaRules.NONE)
            instanceof Correction.Valid;
    return schema
        .name()
        .filter(_ -> otherwiseValid)
        .map(name -> SkipReasons.breaking(name, invalid.words()))
        .orElseGet(invalid::words);
  }

  private Pattern path() {
    String[] parts = field.strip().split("\\[\\*]", -1);
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      pattern.append(i == 0 ? "" : "\\[\\d+]").append(Pattern.quote(parts[i]));
    }
    return Pattern.compile(pattern.toString());
  }
}
