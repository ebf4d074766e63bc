package io.tillpost.console.messages.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.message.Message;

/** Why a message failed, what that means, and what to do. Invisible while it has not failed. */
final class FailurePanel extends Div {
  private final H2 code = new H2();
  private final Paragraph text = new Paragraph();
  private final Paragraph meaning = new Paragraph();

  FailurePanel() {
    addClassNames(TillpostTheme.PANEL, "tillpost-failure");
    code.addClassName(TillpostTheme.PANEL_TITLE);
    meaning.addClassName(TillpostTheme.QUIET);
    add(code, text, meaning);
    setVisible(false);
  }

  void show(Message message) {
    setVisible(message.failure().isPresent());
    message.failure().ifPresent(this::show);
  }

  private void show(Failure failure) {
    code.setText(failure.code() + (failure.field() == null ? "" : " at " + failure.field()));
    text.setText(failure.message());
    meaning.setText(meaning(failure.classOrUnknown()));
  }

  private static String meaning(FailureClass failureClass) {
    return switch (failureClass) {
      case TRANSIENT ->
          "The target could not take it at that moment. Nothing is wrong with the message: retry it once the cause is"
              + " over.";
      case BUSINESS_RULE ->
          "The target refused the content. Somebody on the business side has to decide; a retry alone fails again until"
              + " the rule or the content is put right.";
      case MAPPING ->
          "The middleware sent a shape that the target does not take. IT has to mend the mapping; then retry.";
      case MASTER_DATA ->
          "Something the message refers to is missing at the target. Have it created there; then retry.";
      case SECURITY -> "The target does not let us in. IT has to mend the credentials; then retry.";
      case UNKNOWN -> "Nobody has said yet what kind of failure this is. Classify its exception.";
    };
  }
}
