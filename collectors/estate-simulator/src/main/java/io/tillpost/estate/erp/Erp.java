package io.tillpost.estate.erp;

import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.Target;
import io.tillpost.estate.message.Workflow;
import io.tillpost.estate.plan.Dice;
import io.tillpost.estate.pos.Basket;
import io.tillpost.estate.trouble.Course;
import io.tillpost.estate.trouble.Effect;
import io.tillpost.estate.trouble.Troubles;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Posts sales, returns and ends of day, each business key once. */
public final class Erp implements Target {
  private static final double POSTED_WITHOUT_A_WORD = .25;

  private final Troubles troubles;
  private final long seed;
  private long postings;

  /** An ERP that suffers from these troubles. */
  public Erp(Troubles troubles, long seed) {
    this.troubles = troubles;
    this.seed = seed;
  }

  /** How many documents it has posted since it started. */
  public long postings() {
    return postings;
  }

  @Override
  public boolean isHeld(Message message, long at) {
    return troubles.affecting(Effect.ERP_MAINTENANCE, message.store(), at) != null;
  }

  /** Whether it posts nothing for a store at a time, planned or not. */
  public boolean isDown(Message message, long at) {
    return isHeld(message, at) || postingDown(message, at) != null;
  }

  /**
   * The outage of posting that a document runs into, or null. It concerns what is posted to the
   * accounts; a closing is only filed. With closings in it, an outage that reaches back into an
   * evening would break the promise for a whole region's end of day, which comes once in 24 hours.
   */
  private @Nullable Course postingDown(Message message, long at) {
    return message.workflow() == Workflow.END_OF_DAY
        ? null
        : troubles.affecting(Effect.ERP_DOWN, message.store(), at);
  }

  @Override
  public long latency(Message message, long at) {
    Dice dice = message.key().dice(seed, "erp" + message.attempt());
    return dice.latency(180, message.workflow() == Workflow.END_OF_DAY ? 2_600 : 520);
  }

  @Override
  public Answer take(Message message, long at) {
    if (message.posted()) {
      return new Posted();
    }
    Dice dice = message.key().dice(seed, "posting" + message.attempt());
    String request = dice.hex(8);
    Course down = postingDown(message, at);
    if (down != null) {
      String company = message.store().region().country() + "01";
      return refuse(down, message, Map.of("company", company, "request", request));
    }
    Course timeout = troubles.affecting(Effect.ERP_TIMEOUT, message.store(), at);
    if (timeout != null && timeout.picks(dice)) {
      String millis = Integer.toString(dice.between(29_000, 31_000));
      return refuse(timeout, message, Map.of("millis", millis, "request", request));
    }
    Course tax = troubles.affecting(Effect.TAX_CODE_UNKNOWN, message.store(), at);
    if (tax != null && message.workflow() == Workflow.SALES_POSTING) {
      Basket basket = Basket.of(message.key(), message.store(), seed);
      if (basket.hamperLine() >= 0 && stillHasHamperRate(message)) {
        return refuse(tax, message, taxVariables(basket));
      }
    }
    Course silent = troubles.affecting(Effect.RETURNS_UNCONFIRMED, message.store(), at);
    if (silent != null
        && message.workflow() == Workflow.RETURNS
        && silent.picks(message.key().dice(seed, "silent"))) {
      if (dice.chance(POSTED_WITHOUT_A_WORD)) {
        post(message);
      }
      return new TakenIn();
    }
    post(message);
    return new Posted();
  }

  private void post(Message message) {
    message.post();
    postings++;
  }

  private static boolean stillHasHamperRate(Message message) {
    String corrected = message.correctedPayload();
    return corrected == null || corrected.contains("-" + Basket.HAMPER_RATE + "\"");
  }

  private static Map<String, String> taxVariables(Basket basket) {
    int index = basket.hamperLine();
    return Map.of(
        "taxCode", basket.lines().get(index).taxCode(),
        "line", Integer.toString(index + 1),
        "index", Integer.toString(index));
  }

  private static Answer refuse(Course trouble, Message message, Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    String receipt =
        message.workflow() == Workflow.END_OF_DAY
            ? String.format(
                Locale.ROOT, "%s-%s", message.store().id(), message.key().businessDate())
            : message.key().receipt();
    all.put("receipt", receipt);
    return new Refused(trouble.failure(all));
  }
}
