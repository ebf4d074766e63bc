package io.tillpost.estate.state;

import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.MessageKey;
import io.tillpost.estate.message.Stage;
import io.tillpost.estate.pos.Numbers;
import io.tillpost.estate.pos.Tills;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Turns messages and numbers into what is kept of them, and back. */
public final class Kept {
  private Kept() {}

  /** What is kept of an unfinished message. */
  public static EstateState.OpenMessage of(Message message) {
    List<Long> times = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      times.add(message.reachedAt(stage));
    }
    return new EstateState.OpenMessage(
        message.id(),
        message.capturedAt(),
        message.state().name(),
        message.next().name(),
        message.dueAt(),
        message.attempt(),
        message.redeliveries(),
        message.posted(),
        message.heldBack(),
        times,
        message.failure(),
        message.correctedPayload(),
        message.recoveryTraceparent());
  }

  /** The message as it was. */
  public static Message back(EstateState.OpenMessage kept, Tills tills) {
    MessageKey key = MessageKey.parse(kept.id()).orElseThrow();
    Message message = tills.message(key, kept.capturedAt());
    message.beginAttempt(kept.attempt(), kept.redeliveries());
    for (Stage stage : Stage.values()) {
      message.reached(stage, kept.times().get(stage.code()));
    }
    if (kept.posted()) {
      message.post();
    }
    if (kept.heldBack()) {
      message.holdBack();
    }
    message.fail(kept.failure());
    message.correct(kept.correctedPayload());
    message.follow(kept.recoveryTraceparent());
    message.awaits(Message.State.valueOf(kept.state()), Stage.valueOf(kept.next()), kept.dueAt());
    return message;
  }

  /** The last number of each row. */
  public static List<String> of(Numbers numbers) {
    List<String> rows = new ArrayList<>();
    numbers.forEach(
        (row, last) ->
            rows.add(row.businessDate() + "/" + row.store() + "/" + row.series() + "/" + last));
    return rows;
  }

  /** Numbers go on after these. */
  public static void back(List<String> rows, Numbers numbers) {
    for (String row : rows) {
      String[] parts = row.split("/", -1);
      numbers.atLeast(
          new Numbers.Row(
              Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), LocalDate.parse(parts[0])),
          Integer.parseInt(parts[3]));
    }
  }
}
