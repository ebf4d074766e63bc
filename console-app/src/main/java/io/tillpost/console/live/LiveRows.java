package io.tillpost.console.live;

import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.function.SerializablePredicate;
import com.vaadin.flow.function.ValueProvider;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a list that moves by itself. Two states of one thing are one row, so a click that is
 * on its way while the row changes is still a click on that row; items that were set anew would not
 * know it any more, and it would be lost.
 */
public final class LiveRows<T> extends ListDataProvider<T> {
  private final ValueProvider<T, Object> identity;

  /**
   * No rows yet.
   *
   * @param identity what stays the same of a thing in all of its states; no two rows share one
   */
  public LiveRows(ValueProvider<T, Object> identity) {
    super(new ArrayList<>());
    this.identity = identity;
  }

  /** Shows these instead, in this order. */
  public void show(List<T> rows) {
    getItems().clear();
    getItems().addAll(rows);
    refreshAll();
  }

  /**
   * Shows these instead, in this order. Where they are the same rows in the same order, only those
   * that changed are sent, and the others keep their buttons and links. For rows that say nothing
   * that comes from the clock: it would stand still in those that did not change.
   */
  public void change(List<T> rows) {
    List<T> before = List.copyOf(getItems());
    if (!identities(before).equals(identities(rows))) {
      show(rows);
      return;
    }
    getItems().clear();
    getItems().addAll(rows);
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).equals(before.get(i))) {
        refreshItem(rows.get(i));
      }
    }
  }

  private List<Object> identities(List<T> rows) {
    return rows.stream().map(this::getId).toList();
  }

  @Override
  public Object getId(T row) {
    return identity.apply(row);
  }

  @Override
  public void setFilter(@Nullable SerializablePredicate<T> filter) {
    throw new UnsupportedOperationException("What is shown is chosen where it is asked for");
  }
}
