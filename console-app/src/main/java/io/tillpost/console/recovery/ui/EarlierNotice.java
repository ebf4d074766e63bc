package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Paragraph;
import io.tillpost.message.MessageId;
import java.util.List;

/** Names earlier messages about the same business object that have failed too; else hidden. */
final class EarlierNotice extends Paragraph {
  private static final int NAMED = 5;

  EarlierNotice() {
    setVisible(false);
  }

  /**
   * @param ids of the earlier ones, the oldest first; none where nothing is to be said
   * @param advice what can be done, as a sentence; may be blank
   */
  EarlierNotice show(List<MessageId> ids, String advice) {
    removeAll();
    setVisible(!ids.isEmpty());
    add(new Text("Earlier, of the same transaction or article, and failed too: "));
    int named = Math.min(NAMED, ids.size());
    for (int i = 0; i < named; i++) {
      add(new Text(i == 0 ? "" : ", "), ItemLinks.message(ids.get(i).value()));
    }
    int more = ids.size() - named;
    add(new Text((more > 0 ? " and %d more. ".formatted(more) : ". ") + advice));
    return this;
  }
}
