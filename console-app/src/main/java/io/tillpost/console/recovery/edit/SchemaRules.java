package io.tillpost.console.recovery.edit;

import io.tillpost.console.schema.PayloadSchema;
import io.tillpost.console.schema.SchemaFault;
import io.tillpost.console.schema.SchemaHint;
import io.tillpost.console.schema.SchemaVerdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the schema of a payload, if it has one, says to a correction. A rule that the original
 * breaks at the same place is none of the correction's doing, and may be what somebody else has to
 * put right: it is told and holds nothing up.
 */
final class SchemaRules {
  /** There is no schema. */
  static final SchemaRules NONE = new SchemaRules(Optional.empty());

  private final Optional<PayloadSchema> schema;

  SchemaRules(Optional<PayloadSchema> schema) {
    this.schema = schema;
  }

  /** What is found. */
  sealed interface Found {
    /**
     * The correction was checked.
     *
     * @param faults what it breaks, as sentences by path
     * @param warnings what was broken before, likewise
     */
    record Compared(Map<String, String> faults, Map<String, String> warnings) implements Found {}

    /** It could not be checked, which says nothing about it; why and what to do, as sentences. */
    record NotChecked(String why) implements Found {}
  }

  /** The name of the schema, empty where there is none. */
  Optional<String> name() {
    return schema.map(PayloadSchema::name);
  }

  /** What it says about the fields of this payload, by path. */
  Map<String, SchemaHint> hints(String body) {
    return schema.map(known -> known.hints(body)).orElse(Map.of());
  }

  /** Where this payload breaks it, all of it as faults. */
  Found broken(String body) {
    return switch (verdict(body)) {
      case SchemaVerdict.Checked checked -> new Found.Compared(byPath(checked.faults()), Map.of());
      case SchemaVerdict.NotChecked not -> new Found.NotChecked(not.why());
    };
  }

  /**
   * Compares how the two break it. Where the original could not be checked, all that the correction
   * breaks counts as its own.
   */
  Found compare(String original, String corrected) {
    return switch (verdict(corrected)) {
      case SchemaVerdict.NotChecked not -> new Found.NotChecked(not.why());
      case SchemaVerdict.Checked now when now.faults().isEmpty() ->
          new Found.Compared(Map.of(), Map.of());
      case SchemaVerdict.Checked now ->
          switch (verdict(original)) {
            case SchemaVerdict.NotChecked _ -> new Found.Compared(byPath(now.faults()), Map.of());
            case SchemaVerdict.Checked before -> {
              Set<SchemaFault.Place> known =
                  before.faults().stream().map(SchemaFault::place).collect(Collectors.toSet());
              Map<Boolean, List<SchemaFault>> parts =
                  now.faults().stream()
                      .collect(Collectors.partitioningBy(f -> known.contains(f.place())));
              yield new Found.Compared(
                  byPath(parts.getOrDefault(false, List.of())),
                  byPath(parts.getOrDefault(true, List.of())));
            }
          };
    };
  }

  private SchemaVerdict verdict(String body) {
    return schema
        .map(known -> known.check(body))
        .orElseGet(() -> new SchemaVerdict.Checked(List.of()));
  }

  private static Map<String, String> byPath(List<SchemaFault> faults) {
    Map<String, String> words = new LinkedHashMap<>();
    faults.forEach(fault -> words.merge(fault.path(), fault.words(), (a, b) -> a + "; " + b));
    return words;
  }
}
