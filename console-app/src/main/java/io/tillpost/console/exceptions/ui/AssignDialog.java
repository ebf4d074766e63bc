package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.console.exceptions.ExceptionDetail;
import io.tillpost.console.security.Operator;
import io.tillpost.frontend.TillpostTheme;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Assigns an exception to somebody, or to nobody. */
final class AssignDialog extends Dialog {
  /**
   * @param assign is told the user name, null for nobody, and the team, null for none
   * @param byRule is told to put both back to what the rules say
   */
  AssignDialog(
      ExceptionDetail exception,
      List<Operator> operators,
      BiConsumer<@Nullable String, @Nullable String> assign,
      Runnable byRule) {
    setHeaderTitle("Assign");
    ComboBox<Operator> who = new ComboBox<>("Who", operators);
    who.setItemLabelGenerator(Operator::displayName);
    who.setPlaceholder("Nobody");
    who.setClearButtonVisible(true);
    who.setHelperText("Leave it empty for nobody");
    operators.stream()
        .filter(operator -> operator.id().equals(exception.ownership().assignee()))
        .findFirst()
        .ifPresent(who::setValue);
    TextField team = new TextField("Team");
    team.setMaxLength(100);
    team.setValue(Objects.requireNonNullElse(exception.ownership().team(), ""));
    Div form = new Div(who, team);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    Button save =
        new Button(
            "Assign",
            _ -> {
              close();
              Operator chosen = who.getValue();
              assign.accept(
                  chosen == null ? null : chosen.id(),
                  team.getValue().isBlank() ? null : team.getValue());
            });
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Button back =
        new Button(
            "As the rules say",
            _ -> {
              close();
              byRule.run();
            });
    back.setVisible(exception.triage().decidesTeam() || exception.triage().decidesAssignee());
    getFooter().add(new Button("Cancel", _ -> close()), back, save);
  }
}
