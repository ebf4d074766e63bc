package io.tillpost.console.schema;

import java.util.List;

/** What came of checking a payload against its schema. */
public sealed interface SchemaVerdict {
  /**
   * It was checked.
   *
   * @param faults where it breaks the schema; empty where it fits
   */
  record Checked(List<SchemaFault> faults) implements SchemaVerdict {
    public Checked {
      faults = List.copyOf(faults);
    }
  }

  /** It could not be checked to its end; why, and what to do, as sentences. */
  record NotChecked(String why) implements SchemaVerdict {}
}
