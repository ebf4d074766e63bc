package io.tillpost.location;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stores of the estate from comma-separated text (RFC 4180) with the header {@value
 * #HEADER}. Blank lines are skipped; a field may be quoted.
 */
public final class StoreCsv {
  /** The first line, required. */
  public static final String HEADER =
      "store_id,name,region,time_zone,currency,opens,closes,registers";

  private static final int COLUMNS = 8;

  private StoreCsv() {}

  /** What was read. */
  public sealed interface Result {
    /** Every line was good. */
    record Read(StoreDirectory stores) implements Result {}

    /**
     * At least one line was not.
     *
     * @param problems in order of lines, at least one
     */
    record Unreadable(List<Problem> problems) implements Result {
      public Unreadable {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * What is wrong with a line.
   *
   * @param line from 1, the header included
   * @param reason in words
   */
  public record Problem(int line, String reason) {
    @Override
    public String toString() {
      return "line " + line + ": " + reason;
    }
  }

  /** Reads the whole text; a byte order mark at its beginning is skipped. */
  public static Result read(String text) {
    List<String> lines = text.replaceFirst("^\uFEFF", "").lines().toList();
    List<Problem> problems = new ArrayList<>();
    Map<String, Store> stores = new LinkedHashMap<>();
    if (lines.isEmpty() || !lines.getFirst().strip().equalsIgnoreCase(HEADER)) {
      problems.add(new Problem(1, "the first line must be " + HEADER));
      return new Result.Unreadable(problems);
    }
    for (int i = 1; i < lines.size(); i++) {
      int line = i + 1;
      if (lines.get(i).isBlank()) {
        continue;
      }
      try {
        Store store = store(CsvFields.of(lines.get(i)));
        if (stores.putIfAbsent(store.id(), store) != null) {
          problems.add(new Problem(line, "store " + store.id() + " is there twice"));
        }
      } catch (IllegalArgumentException e) {
        problems.add(new Problem(line, String.valueOf(e.getMessage())));
      }
    }
    return problems.isEmpty()
        ? new Result.Read(StoreDirectory.of(stores.values()))
        : new Result.Unreadable(problems);
  }

  private static Store store(List<String> fields) {
    if (fields.size() != COLUMNS) {
      throw new IllegalArgumentException(
          "there are " + fields.size() + " fields instead of " + COLUMNS);
    }
    return new Store(
        given("store_id", fields.get(0)),
        given("name", fields.get(1)),
        given("region", fields.get(2)),
        zone(fields.get(3)),
        currency(fields.get(4)),
        time("opens", fields.get(5)),
        time("closes", fields.get(6)),
        registers(fields.get(7)));
  }

  private static String given(String column, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(column + " is missing");
    }
    return value;
  }

  private static ZoneId zone(String value) {
    try {
      return ZoneId.of(given("time_zone", value));
    } catch (DateTimeException e) {
      throw wrong("time_zone", value, "a time zone like Europe/Berlin", e);
    }
  }

  private static String currency(String value) {
    if (!value.matches("[A-Z]{3}")) {
      throw wrong("currency", value, "a currency code like EUR", null);
    }
    return value;
  }

  private static LocalTime time(String column, String value) {
    try {
      return LocalTime.parse(value);
    } catch (DateTimeException e) {
      throw wrong(column, value, "a time like 08:30", e);
    }
  }

  private static int registers(String value) {
    try {
      int registers = Integer.parseInt(value);
      if (registers >= 0 && registers <= 9_999) {
        return registers;
      }
    } catch (NumberFormatException e) {
      throw wrong("registers", value, "a number from 0 to 9999", e);
    }
    throw wrong("registers", value, "a number from 0 to 9999", null);
  }

  private static IllegalArgumentException wrong(
      String column, String value, String expected, @Nullable Exception cause) {
    return new IllegalArgumentException(column + ": '" + value + "' is not " + expected, cause);
  }
}
