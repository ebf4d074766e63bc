package io.tillpost.estate.trouble;

import io.tillpost.estate.message.Failure;
import io.tillpost.estate.plan.Dice;
import io.tillpost.estate.plan.Store;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** A trouble as it runs in one estate: its script, its stores and what people did to it. */
public final class Course {
  /** Somebody lifted or started it. */
  public record Intervention(String trouble, long at, boolean started) {}

  private final Trouble trouble;
  private final Timetable timetable;
  private final List<Store> hit;
  private final BitSet numbers = new BitSet();
  private final List<Intervention> interventions = new ArrayList<>();

  Course(Trouble trouble, Timetable timetable, List<Store> hit) {
    this.trouble = trouble;
    this.timetable = timetable;
    this.hit = hit;
    hit.forEach(store -> numbers.set(store.number()));
  }

  /** Its entry in the script. */
  public Trouble trouble() {
    return trouble;
  }

  /** The stores it hits. */
  public List<Store> stores() {
    return hit;
  }

  /** Whether it is there at a time (epoch milliseconds). */
  public boolean activeAt(long at) {
    long lifted = Timetable.NEVER;
    for (int i = interventions.size() - 1; i >= 0; i--) {
      Intervention last = interventions.get(i);
      if (last.at() <= at) {
        if (last.started()) {
          return true;
        }
        lifted = last.at();
        break;
      }
    }
    long began = timetable.began(at);
    return began != Timetable.NEVER && began > lifted;
  }

  /** Whether a throw of the dice says that this message is among those it hits. */
  public boolean picks(Dice dice) {
    return dice.chance(trouble.probability());
  }

  /** When the window that holds a time began, epoch milliseconds; meaningless where none does. */
  public long began(long at) {
    return timetable.began(at);
  }

  /** The failure it causes; the trouble must have a failure in its script. */
  public Failure failure(Map<String, String> variables) {
    FailureText text = trouble.failure();
    if (text == null) {
      throw new IllegalStateException(trouble.name() + " makes nothing fail");
    }
    return text.with(variables, trouble.name());
  }

  boolean hits(int store) {
    return numbers.get(store);
  }

  void intervene(Intervention intervention) {
    interventions.add(intervention);
  }

  List<Intervention> interventions() {
    return List.copyOf(interventions);
  }
}
