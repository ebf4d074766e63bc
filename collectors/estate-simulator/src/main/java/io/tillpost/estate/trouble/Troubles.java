package io.tillpost.estate.trouble;

import io.tillpost.estate.message.MessageKey;
import io.tillpost.estate.plan.Footfall;
import io.tillpost.estate.plan.Rush;
import io.tillpost.estate.plan.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All the trouble of an estate. Not safe for several threads. */
public final class Troubles {
  private final Map<String, Course> byName = new LinkedHashMap<>();
  private final Map<Effect, List<Course>> byEffect = new EnumMap<>(Effect.class);
  private final List<Rush> rushes = new ArrayList<>();
  private final long seed;

  /**
   * The troubles of a script in an estate.
   *
   * @param anchor when the estate first goes (or went) live
   */
  public Troubles(List<Trouble> script, List<Store> stores, long seed, Instant anchor) {
    this.seed = seed;
    long start = anchor.toEpochMilli();
    Footfall footfall = new Footfall(stores);
    for (Trouble trouble : script) {
      List<Store> hit = StoreChoice.of(trouble, stores, seed, start, footfall);
      Timetable timetable = new Timetable(trouble, start, hit, stores.size(), footfall);
      Course course = new Course(trouble, timetable, hit);
      byName.put(trouble.name(), course);
      byEffect.computeIfAbsent(trouble.effect(), effect -> new ArrayList<>()).add(course);
      for (Trouble.Window window : trouble.windows()) {
        if (window.extraTransactionsPerHour() > 0) {
          long from = start + window.from().toMillis();
          rushes.add(new Rush(hit, from, start, window.extraTransactionsPerHour()));
        }
      }
    }
  }

  /** The trouble of this kind that a store has at a time, or null. */
  public @Nullable Course affecting(Effect effect, Store store, long at) {
    for (Course course : byEffect.getOrDefault(effect, List.of())) {
      if (course.hits(store.number()) && course.activeAt(at)) {
        return course;
      }
    }
    return null;
  }

  /** Whether the cause of a failure is there for a store at a time. */
  public boolean active(String name, Store store, long at) {
    Course course = byName.get(name);
    return course != null && course.hits(store.number()) && course.activeAt(at);
  }

  /** Whether this till transaction is numbered but never leaves the till. */
  public boolean loses(MessageKey transaction) {
    for (Course course : byEffect.getOrDefault(Effect.LOST_TRANSACTIONS, List.of())) {
      if (course.hits(transaction.store()) && course.picks(transaction.dice(seed, "lost"))) {
        return true;
      }
    }
    return false;
  }

  /** The trouble of a name. */
  public Optional<Course> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Every trouble, in the order of the script. */
  public List<Course> all() {
    return List.copyOf(byName.values());
  }

  /** Extra customers that the script asks for. */
  public List<Rush> rushes() {
    return List.copyOf(rushes);
  }

  /** Somebody lifts or starts a trouble; a name that is not there is ignored. */
  public void intervene(Course.Intervention intervention) {
    Course course = byName.get(intervention.trouble());
    if (course != null) {
      course.intervene(intervention);
    }
  }

  /** What people did to the troubles, oldest first for each. */
  public List<Course.Intervention> interventions() {
    return byName.values().stream().flatMap(course -> course.interventions().stream()).toList();
  }
}
