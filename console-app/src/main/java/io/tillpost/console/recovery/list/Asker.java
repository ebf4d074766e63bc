package io.tillpost.console.recovery.list;

import io.tillpost.console.security.Operator;
import io.tillpost.console.security.StoreScope;

/**
 * On whose behalf an operation is planned.
 *
 * @param name the user name
 * @param stores whose messages go on the list; the others are left out
 */
public record Asker(String name, StoreScope stores) {
  static Asker of(Operator operator) {
    return new Asker(operator.id(), operator.stores());
  }

  /** Nobody: what goes by itself goes for all stores. */
  public static Asker itself(String name) {
    return new Asker(name, StoreScope.ALL);
  }
}
