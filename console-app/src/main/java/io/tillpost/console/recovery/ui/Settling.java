package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import io.tillpost.console.recovery.act.Settlements;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.security.StoreScope;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Buttons for who has looked into a target that may offer no look-up: they say whether an
 * unconfirmed message is there.
 */
final class Settling {
  private final Settlements settlements;
  private final StoreScope own;
  private final Optional<String> mayNot;

  Settling(Settlements settlements, CurrentOperator currentOperator) {
    this.settlements = settlements;
    this.own = currentOperator.stores();
    this.mayNot = currentOperator.refusal(Permission.RETRY);
  }

  /** Whether there is anything to settle about it that is the current operator's to say. */
  boolean isFor(RecoveryItem item) {
    return item.state() == ItemState.UNCONFIRMED && own.has(item.storeId());
  }

  /** A button for this item; who may not is told why. */
  Button button(RecoveryItem item) {
    Button button = button(() -> Optional.of(item));
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return button;
  }

  /** A button for what there is to settle when it is pressed. */
  Button button(Supplier<Optional<RecoveryItem>> unconfirmed) {
    Button button = new Button("Settle…", _ -> unconfirmed.get().ifPresent(this::ask));
    button.setTooltipText("You have looked into the target yourself. Nothing is sent.");
    mayNot.ifPresent(
        why -> {
          button.setEnabled(false);
          button.setTooltipText(why);
        });
    return button;
  }

  private void ask(RecoveryItem item) {
    new SettleDialog(
            item,
            (found, why) ->
                settlements.settle(item.operationId(), new MessageId(item.messageId()), found, why))
        .open();
  }
}
