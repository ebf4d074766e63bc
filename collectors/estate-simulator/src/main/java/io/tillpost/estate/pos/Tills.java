package io.tillpost.estate.pos;

import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.MessageKey;
import io.tillpost.estate.message.Workflow;
import io.tillpost.estate.plan.Arrival;
import io.tillpost.estate.plan.Dice;
import io.tillpost.estate.plan.Store;
import java.util.List;
import java.util.function.Predicate;

/** Turns what happens in the stores into numbered messages. */
public final class Tills {
  private static final double RETURNS = .05;
  private static final double MEMBERS = .32;
  private static final long POINTS_AFTER = 180;

  private final List<Store> stores;
  private final long seed;
  private final Numbers numbers;
  private final Predicate<MessageKey> lost;

  /**
   * Tills of these stores.
   *
   * @param stores by number from 1
   * @param lost which transactions are numbered but never leave the till
   */
  public Tills(List<Store> stores, long seed, Numbers numbers, Predicate<MessageKey> lost) {
    this.stores = List.copyOf(stores);
    this.seed = seed;
    this.numbers = numbers;
    this.lost = lost;
  }

  /** Numbers an arrival and captures its messages: one, two with loyalty points, none if lost. */
  public List<Message> capture(Arrival arrival) {
    Workflow workflow = workflow(arrival.kind());
    MessageKey key = number(workflow, arrival);
    if (arrival.kind() != Arrival.Kind.TRANSACTION) {
      return List.of(message(key, arrival.at()));
    }
    if (lost.test(key)) {
      return List.of();
    }
    if (isReturn(key)) {
      return List.of(message(as(Workflow.RETURNS, key), arrival.at()));
    }
    Message sale = message(key, arrival.at());
    return hasMember(key)
        ? List.of(sale, message(as(Workflow.LOYALTY, key), arrival.at() + POINTS_AFTER))
        : List.of(sale);
  }

  /** Numbers an arrival without capturing anything: it happened before anybody looked. */
  public void pass(Arrival arrival) {
    number(workflow(arrival.kind()), arrival);
  }

  /** A message of this key, as it was when its source had it. */
  public Message message(MessageKey key, long capturedAt) {
    Store store = stores.get(key.store() - 1);
    MessageKey action = key.workflow() == Workflow.LOYALTY ? as(Workflow.SALES_POSTING, key) : key;
    long amount =
        key.workflow() == Workflow.SALES_POSTING || key.workflow() == Workflow.RETURNS
            ? Basket.of(key, store, seed).total()
            : 0;
    String correlation = "c-" + action.dice(seed, "correlation").hex(12);
    return new Message(key, store, capturedAt, correlation, amount);
  }

  /** Whether a message of this key has ever left its source. */
  public boolean hasCaptured(MessageKey key) {
    if (key.store() < 1
        || key.store() > stores.size()
        || key.number() < 1
        || key.number() > numbers.last(Numbers.Row.of(key))) {
      return false;
    }
    MessageKey sale = as(Workflow.SALES_POSTING, key);
    return switch (key.workflow()) {
      case SALES_POSTING -> !lost.test(sale) && !isReturn(sale);
      case RETURNS -> !lost.test(sale) && isReturn(sale);
      case LOYALTY -> !lost.test(sale) && !isReturn(sale) && hasMember(sale);
      default -> true;
    };
  }

  private MessageKey number(Workflow workflow, Arrival arrival) {
    Numbers.Row row =
        Numbers.Row.of(
            workflow, arrival.store().number(), arrival.register(), arrival.businessDate());
    return new MessageKey(
        workflow,
        arrival.store().number(),
        arrival.register(),
        arrival.businessDate(),
        numbers.next(row));
  }

  private static Workflow workflow(Arrival.Kind kind) {
    return switch (kind) {
      case TRANSACTION -> Workflow.SALES_POSTING;
      case STOCK_MOVEMENT -> Workflow.INVENTORY_SYNC;
      case PRICE_CHANGE -> Workflow.PRICE_DISTRIBUTION;
      case PROMOTION -> Workflow.PROMOTION_DISTRIBUTION;
      case END_OF_DAY -> Workflow.END_OF_DAY;
    };
  }

  private static MessageKey as(Workflow workflow, MessageKey key) {
    return new MessageKey(workflow, key.store(), key.register(), key.businessDate(), key.number());
  }

  private boolean isReturn(MessageKey sale) {
    return sale.dice(seed, "return").chance(RETURNS);
  }

  private boolean hasMember(MessageKey sale) {
    return sale.dice(seed, "member").chance(MEMBERS);
  }

  /** The software of a till, such as {@code 5.1.4}; one store in ten already runs the next. */
  public static String software(long seed, MessageKey key) {
    return runsNextSoftware(seed, key.store()) ? "5.2.0" : "5.1.4";
  }

  /** Whether the tills of a store run the software that writes a changed schema. */
  public static boolean runsNextSoftware(long seed, int store) {
    return Dice.of(seed, store, "software").chance(.1);
  }
}
