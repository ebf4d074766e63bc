package io.tillpost.estate.pos;

import io.tillpost.estate.message.MessageKey;
import io.tillpost.estate.message.Workflow;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Transaction numbers: from 1 for each register (or store) and business date, without gaps. Sales
 * and returns of a register share one row of numbers; loyalty points carry the number of their
 * sale.
 */
public final class Numbers {
  /** One row of numbers; {@code series} is the register, or the negative of the workflow. */
  public record Row(int store, int series, LocalDate businessDate) {

    /** The row that the number of a message belongs to. */
    public static Row of(MessageKey key) {
      return of(key.workflow(), key.store(), key.register(), key.businessDate());
    }

    static Row of(Workflow workflow, int store, int register, LocalDate date) {
      return new Row(store, workflow.perRegister() ? register : -workflow.code(), date);
    }
  }

  private final Map<Row, Integer> last = new HashMap<>();

  int next(Row row) {
    return last.merge(row, 1, Integer::sum);
  }

  /** The last number given out in a row, 0 where none was. */
  public int last(Row row) {
    return last.getOrDefault(row, 0);
  }

  /** Makes sure that no number up to this one is given out again. */
  public void atLeast(Row row, int number) {
    last.merge(row, number, Math::max);
  }

  /** Forgets the rows before a business date. */
  public void forgetBefore(LocalDate date) {
    last.keySet().removeIf(row -> row.businessDate().isBefore(date));
  }

  /** Every row with its last number, in no particular order. */
  public void forEach(BiConsumer<Row, Integer> visitor) {
    last.forEach(visitor);
  }
}
