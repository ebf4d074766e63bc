package io.tillpost.console.recovery.edit;

import io.tillpost.message.Payload;
import io.tillpost.recovery.FieldChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Applies an edit to a payload, and says what differs or what is wrong. */
final class Corrections {
  private Corrections() {}

  /** The payload with the edit, as far as these locks and its schema allow it. */
  static Correction of(Payload original, Edit edit, EditLocks locks, SchemaRules schema) {
    Optional<PayloadFormat> format =
        original.base64() ? Optional.empty() : PayloadFormat.of(original.contentType());
    if (format.isEmpty()) {
      return Correction.Invalid.whole("Only JSON and XML can be edited");
    }
    return switch (format.get().read(original.body())) {
      case PayloadFormat.Reading.Broken broken ->
          // What cannot be read has no fields to compare, so nothing could be kept locked.
          Correction.Invalid.whole("The original cannot be edited. " + broken.words());
      case PayloadFormat.Reading.Fields before ->
          of(original, before.values(), format.get(), edit, locks, schema);
    };
  }

  /**
   * The payload as these fields make it, whether or not locks and schema allow that; without those
   * of which the values are of another kind. Empty where it has no fields.
   */
  static Optional<String> written(Payload original, Edit.Fields edit, SchemaRules schema) {
    return PayloadFormat.of(original.contentType())
        .filter(_ -> !original.base64())
        .filter(format -> format.read(original.body()) instanceof PayloadFormat.Reading.Fields)
        .flatMap(format -> written(format, original.body(), edit.values(), schema));
  }

  private static Optional<String> written(
      PayloadFormat format, String body, Map<String, String> values, SchemaRules schema) {
    return switch (format.write(body, values, schema.hints(body))) {
      case PayloadFormat.Writing.Text text -> Optional.of(text.body());
      case PayloadFormat.Writing.Misfits misfits -> {
        Map<String, String> others = new LinkedHashMap<>(values);
        others.keySet().removeAll(misfits.faults().keySet());
        yield others.size() == values.size()
            ? Optional.empty()
            : written(format, body, others, schema);
      }
    };
  }

  private static Correction of(
      Payload original,
      SequencedMap<String, PayloadFormat.Value> before,
      PayloadFormat format,
      Edit edit,
      EditLocks locks,
      SchemaRules schema) {
    String body;
    switch (edit) {
      case Edit.Text text -> body = text.body();
      case Edit.Fields fields -> {
        Map<String, String> faults = new LinkedHashMap<>();
        fields.values().keySet().stream()
            .filter(path -> !before.containsKey(path))
            .forEach(path -> faults.put(path, "There is no such field"));
        if (!faults.isEmpty()) {
          return new Correction.Invalid(faults);
        }
        switch (format.write(original.body(), fields.values(), schema.hints(original.body()))) {
          case PayloadFormat.Writing.Misfits misfits -> {
            return new Correction.Invalid(misfits.faults());
          }
          case PayloadFormat.Writing.Text written -> body = written.body();
        }
      }
    }
    if (body.getBytes(StandardCharsets.UTF_8).length > Payload.MAX_BYTES) {
      return Correction.Invalid.whole("A payload has 256 KiB at most");
    }
    return switch (format.read(body)) {
      case PayloadFormat.Reading.Broken broken -> Correction.Invalid.whole(broken.words());
      case PayloadFormat.Reading.Fields after ->
          compared(original, body, before, after.values(), locks, schema);
    };
  }

  private static Correction compared(
      Payload original,
      String body,
      SequencedMap<String, PayloadFormat.Value> before,
      SequencedMap<String, PayloadFormat.Value> after,
      EditLocks locks,
      SchemaRules schema) {
    List<FieldChange> changes = new ArrayList<>();
    Map<String, String> faults = new LinkedHashMap<>();
    Set<String> paths = new LinkedHashSet<>(before.keySet());
    paths.addAll(after.keySet());
    for (String path : paths) {
      PayloadFormat.Value was = before.get(path);
      PayloadFormat.Value is = after.get(path);
      if (was == null ? is != null : !was.equals(is)) {
        changes.add(
            new FieldChange(path, was == null ? null : was.text(), is == null ? null : is.text()));
        locks.objection(path).ifPresent(why -> faults.put(path, why));
      }
    }
    if (changes.isEmpty()) {
      return Correction.Invalid.whole("Nothing was changed");
    }
    Map<String, String> warnings = new LinkedHashMap<>();
    switch (schema.compare(original.body(), body)) {
      case SchemaRules.Found.NotChecked not -> {
        if (faults.isEmpty()) {
          return new Correction.NotChecked(not.why(), changes);
        }
      }
      case SchemaRules.Found.Compared found -> {
        found.faults().forEach(faults::putIfAbsent);
        warnings.putAll(found.warnings());
      }
    }
    // What the original breaks is a warning, but not a new value that breaks it as well.
    for (FieldChange change : changes) {
      String own = warnings.remove(change.path());
      if (own != null) {
        faults.putIfAbsent(change.path(), own);
      }
    }
    return faults.isEmpty()
        ? new Correction.Valid(original.contentType(), body, changes, warnings)
        : new Correction.Invalid(faults);
  }
}
