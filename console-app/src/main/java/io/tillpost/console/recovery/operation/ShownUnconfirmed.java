package io.tillpost.console.recovery.operation;

import io.tillpost.console.recovery.run.LateLook;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Page;
import java.util.List;
import java.util.Set;

/**
 * Looks at the unconfirmed messages that somebody is shown, so that nobody works at what has come
 * to an end meanwhile. It is not written down by that: the sweep comes to all of them.
 */
public final class ShownUnconfirmed {
  private final LateLook look;

  public ShownUnconfirmed(LateLook look) {
    this.look = look;
  }

  /** The page without those that turn out to have come to an end. */
  Page<RecoveryItem> of(Page<Versioned<RecoveryItem>> page) {
    Set<String> ended = look.outcomes(page.items()).keySet();
    List<RecoveryItem> left =
        page.items().stream()
            .filter(item -> !ended.contains(item.id()))
            .map(Versioned::value)
            .toList();
    return new Page<>(left, page.total() - ended.size(), page.next());
  }
}
