package io.tillpost.estate.message;

import io.tillpost.estate.plan.Dice;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/**
 * What makes a message the one it is. Its id is written such as {@code
 * sale-0412-03-20261123-004711}, without the register where numbers run per store.
 *
 * @param workflow its process
 * @param store number of the store
 * @param register number of the register, 0 where numbers run per store
 * @param businessDate the store's date
 * @param number transaction number, from 1 on each business date
 */
public record MessageKey(
    Workflow workflow, int store, int register, LocalDate businessDate, int number) {

  /** The message id. */
  public String id() {
    StringBuilder id = new StringBuilder(34).append(workflow.prefix()).append('-');
    digits(id, store, 4).append('-');
    if (workflow.perRegister()) {
      digits(id, register, 2).append('-');
    }
    digits(id, businessDate.getYear(), 4);
    digits(id, businessDate.getMonthValue(), 2);
    digits(id, businessDate.getDayOfMonth(), 2).append('-');
    return digits(id, number, 6).toString();
  }

  /** What a person reads from the receipt, such as {@code 0412-03-4711}. */
  public String receipt() {
    StringBuilder receipt = new StringBuilder(14);
    digits(receipt, store, 4).append('-');
    return digits(receipt, register, 2).append('-').append(number).toString();
  }

  /** Dice of this message for one purpose. */
  public Dice dice(long seed, String salt) {
    return Dice.of(seed, code(), salt);
  }

  /** A number for this key that no other key has, the same in every run. */
  public long code() {
    return ((((long) workflow.code() << 14 | store) << 8 | register) << 17
                | businessDate.toEpochDay())
            << 21
        | number;
  }

  /** Reads a message id; empty where it is not one of this estate's. */
  public static Optional<MessageKey> parse(String id) {
    String[] parts = id.split("-", -1);
    for (Workflow workflow : Workflow.values()) {
      int expected = workflow.perRegister() ? 5 : 4;
      if (parts[0].equals(workflow.prefix()) && parts.length == expected) {
        return parse(workflow, parts);
      }
    }
    return Optional.empty();
  }

  private static Optional<MessageKey> parse(Workflow workflow, String[] parts) {
    int date = parts.length - 2;
    if (!parts[1].matches("\\d{4}")
        || !parts[date].matches("\\d{8}")
        || !parts[date + 1].matches("\\d{6}")
        || (workflow.perRegister() && !parts[2].matches("\\d{2}"))) {
      return Optional.empty();
    }
    int day = Integer.parseInt(parts[date]);
    int month = day / 100 % 100;
    if (!validDay(day / 10_000, month, day % 100)) {
      return Optional.empty();
    }
    return Optional.of(
        new MessageKey(
            workflow,
            Integer.parseInt(parts[1]),
            workflow.perRegister() ? Integer.parseInt(parts[2]) : 0,
            LocalDate.of(day / 10_000, month, day % 100),
            Integer.parseInt(parts[date + 1])));
  }

  private static boolean validDay(int year, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= YearMonth.of(year, month).lengthOfMonth();
  }

  private static StringBuilder digits(StringBuilder to, int number, int width) {
    String text = Integer.toString(number);
    for (int i = text.length(); i < width; i++) {
      to.append('0');
    }
    return to.append(text);
  }
}
