package io.tillpost.console.recovery.operation;

import io.tillpost.recovery.RecoveryItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the messages of an operation, ordered by their ids.
 *
 * @param items those of the current operator's stores
 * @param notShown how many there are in all of stores that are not the current operator's
 * @param previous where the page before is, or null where this is the first one
 * @param next where the following page is, or null where this is the last one
 */
public record ItemPage(
    List<RecoveryItem> items,
    long notShown,
    @Nullable ItemPlace previous,
    @Nullable ItemPlace next) {
  public ItemPage {
    items = List.copyOf(items);
  }
}
