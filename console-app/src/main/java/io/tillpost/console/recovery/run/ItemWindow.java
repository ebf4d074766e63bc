package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Replacement;
import io.tillpost.store.Documents.Versioned;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The items of a running operation. Only those that may go next and those that are on their way are
 * held with their documents; the next ones are read, as they are at that moment, when there is
 * room. Each target has a line of its own, so that one that is closed keeps nothing back from the
 * others. An item behind another one of the list about the same business object gets into its line
 * when that one has come to its outcome.
 *
 * <p>For one thread, also while others work on items that are held. Where a method throws because
 * the storage does not answer, this window is of no use any more: the operation is begun anew from
 * its documents.
 */
final class ItemWindow {
  private final RecoveryRecords records;
  private final WindowSize size;
  private final List<OpenItem> canary;
  private final Set<OpenItem> first;

  /** Those that are held whether there is room or not: on their way, or to go before all others. */
  private final Deque<OpenItem> anyway = new ArrayDeque<>();

  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final List<OpenItem> held = new ArrayList<>();

  ItemWindow(RecoveryRecords records, WindowSize size, FrozenList list) {
    this.records = records;
    this.size = size;
    this.canary = list.canary();
    this.first = Set.copyOf(canary);
    for (OpenItem item : list.open()) {
      if (item.state() != ItemState.PLANNED) {
        anyway.addLast(item);
      } else if (!item.waitsForAnother()) {
        line(item).addLast(item);
      }
    }
  }

  /** Those that are held, in no order that counts; only those that {@link #fill} left open. */
  List<OpenItem> held() {
    return held;
  }

  /** Those that go first, whether open or not. */
  List<OpenItem> canary() {
    return canary;
  }

  /** Whether none is open. */
  boolean isDone() {
    return held.isEmpty()
        && anyway.isEmpty()
        && lines.values().stream().allMatch(line -> line.waiting.isEmpty());
  }

  /**
   * Forgets those that have come to their outcome, and reads the next ones.
   *
   * @param more whether any are to go that have not gone out yet; those on their way are read
   *     anyway
   */
  void fill(Instant now, boolean more) {
    held.removeIf(this::ended);
    while (!anyway.isEmpty()) {
      hold(next(anyway, size.part(), Instant.MAX));
    }
    if (!more) {
      return;
    }
    held.removeIf(item -> stoodAside(item, now));
    lines.values().forEach(line -> line.toGo = 0);
    int away = 0;
    for (OpenItem item : held) {
      if (item.state() == ItemState.PLANNED) {
        lineTo(item.target()).toGo++;
      } else {
        away++;
      }
    }
    for (Line line : lines.values()) {
      // Many at a time rather than one as soon as there is room for one.
      while (line.toGo <= size.toGo() / 2 && away < size.onTheirWay()) {
        List<OpenItem> part =
            next(line.waiting, Math.min(size.part(), size.toGo() - line.toGo), now);
        if (part.isEmpty()) {
          break;
        }
        line.toGo += part.size();
        hold(part);
      }
    }
  }

  /**
   * Lets go of items for which nothing can have been taken, as many as are written with one
   * request. What turns out to be on its way is held from then on.
   *
   * @param cancelled what happens to them
   * @return whether there were any
   */
  boolean letGo(ItemEvent cancelled, Instant now) {
    // Their order does not count any more, and nothing is to wait for what is on its way.
    held.forEach(this::unchain);
    List<OpenItem> part = new ArrayList<>();
    Map<String, Versioned<RecoveryItem>> known = new HashMap<>();
    for (OpenItem item : held) {
      if (part.size() < size.part() && item.open() && !item.known().value().mayBeTaken()) {
        if (item.take()) {
          part.add(item);
          known.put(item.id(), item.known());
        }
      }
    }
    Set<OpenItem> ours = new HashSet<>(part);
    // A copy: who followed one of these may be the first to its target, and gets a line by that.
    for (Line line : List.copyOf(lines.values())) {
      while (part.size() < size.part() && !line.waiting.isEmpty()) {
        OpenItem item = line.waiting.removeFirst();
        unchain(item);
        part.add(item);
      }
    }
    if (part.isEmpty()) {
      return false;
    }
    known.putAll(
        records
            .items()
            .getAll(part.stream().filter(i -> !ours.contains(i)).map(OpenItem::id).toList()));
    write(part, known, cancelled, now);
    for (OpenItem item : part) {
      if (ours.contains(item)) {
        item.giveBack();
      } else if (item.open()) {
        held.add(item);
      }
    }
    return true;
  }

  private void write(
      List<OpenItem> part,
      Map<String, Versioned<RecoveryItem>> known,
      ItemEvent cancelled,
      Instant now) {
    Map<String, Replacement<RecoveryItem>> next = new LinkedHashMap<>();
    for (OpenItem item : part) {
      Versioned<RecoveryItem> document = there(known, item);
      Optional<RecoveryItem> after = document.value().after(cancelled, now);
      if (after.isPresent()) {
        next.put(item.id(), new Replacement<>(document, after.get()));
      } else {
        item.now(document);
      }
    }
    Set<String> changed = records.items().replaceAll(next.values());
    Map<String, Versioned<RecoveryItem>> anew = records.items().getAll(changed);
    for (OpenItem item : part) {
      Replacement<RecoveryItem> written = next.get(item.id());
      if (changed.contains(item.id())) {
        item.now(there(anew, item));
      } else if (written != null) {
        // An item that has come to its end is not written again: its version is of no use.
        item.now(new Versioned<>(item.id(), written.value(), written.expected().version()));
      }
    }
  }

  /** Puts the one behind it into its line; where that one went out before, it is held already. */
  private void unchain(OpenItem item) {
    OpenItem behind = item.unchain();
    if (behind != null && behind.state() == ItemState.PLANNED) {
      line(behind).addFirst(behind);
    }
  }

  private boolean ended(OpenItem item) {
    if (item.open()) {
      return false;
    }
    unchain(item);
    if (!first.contains(item)) {
      item.forget();
    }
    return true;
  }

  /**
   * Whether the item went back to the end of its line: it waits for a message of another operation,
   * perhaps for days, and others may go meanwhile.
   */
  private boolean stoodAside(OpenItem item, Instant now) {
    Deque<OpenItem> waiting = line(item);
    boolean others = !waiting.isEmpty() && !waiting.getFirst().leftAloneAt(now);
    if (!others
        || item.state() != ItemState.PLANNED
        || !item.leftAloneAt(now)
        || first.contains(item)
        || !item.take()) {
      return false;
    }
    boolean aside = item.state() == ItemState.PLANNED;
    if (aside) {
      item.forget();
      waiting.addLast(item);
    }
    item.giveBack();
    return aside;
  }

  /** The next ones of a line, up to those that are to be left alone for a while. */
  private static List<OpenItem> next(Deque<OpenItem> from, int most, Instant now) {
    List<OpenItem> part = new ArrayList<>();
    while (part.size() < most && !from.isEmpty() && !from.getFirst().leftAloneAt(now)) {
      part.add(from.removeFirst());
    }
    return part;
  }

  private void hold(List<OpenItem> part) {
    Map<String, Versioned<RecoveryItem>> found =
        records.items().getAll(part.stream().map(OpenItem::id).toList());
    part.forEach(item -> item.now(there(found, item)));
    held.addAll(part);
  }

  private static Versioned<RecoveryItem> there(
      Map<String, Versioned<RecoveryItem>> found, OpenItem item) {
    Versioned<RecoveryItem> document = found.get(item.id());
    if (document == null) {
      throw new IllegalStateException("The item " + item.id() + " is gone");
    }
    return document;
  }

  /** Where it waits until it is read. */
  private Deque<OpenItem> line(OpenItem item) {
    return first.contains(item) ? anyway : lineTo(item.target()).waiting;
  }

  private Line lineTo(String target) {
    return lines.computeIfAbsent(target, _ -> new Line());
  }

  /** Those to one target that are not held and wait for no other of the list. */
  private static final class Line {
    final Deque<OpenItem> waiting = new ArrayDeque<>();
    int toGo;
  }
}
