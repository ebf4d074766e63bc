package io.tillpost.console.alerting.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.IFrame;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.tabs.TabSheet;
import io.tillpost.alerting.notify.Notification;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.TillpostTheme;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mail exactly as it was sent: headers, both parts, and the source of the HTML part. */
final class MailView extends Div {
  MailView(Optional<Notification> found, ZoneId zone) {
    setSizeFull();
    getElement().setAttribute("role", "region");
    getElement().setAttribute("aria-label", "Mail");
    addClassName(TillpostTheme.PANEL);
    if (found.isEmpty()) {
      add(new Paragraph("There is no such mail. It may be older than what is kept."));
      return;
    }
    Notification mail = found.get();
    TabSheet parts = new TabSheet();
    parts.add("Text", source(mail.text()));
    parts.add("HTML", html(mail.html()));
    parts.add("HTML source", source(mail.html()));
    parts.setWidthFull();
    add(headers(mail, zone), parts);
  }

  private static DescriptionList headers(Notification mail, ZoneId zone) {
    DescriptionList headers = new DescriptionList();
    headers.addClassName(TillpostTheme.FACTS);
    fact(headers, "Subject", mail.subject());
    fact(headers, "From", mail.sender());
    fact(
        headers,
        "To",
        mail.recipients().isEmpty() ? "nobody" : String.join(", ", mail.recipients()));
    fact(headers, "Date", MomentText.full(mail.createdAt(), zone));
    fact(headers, "Message-ID", mail.messageId());
    fact(headers, "In-Reply-To", mail.inReplyTo());
    DescriptionList.Description outcome =
        new DescriptionList.Description(AlertWords.outcome(mail.outcome()));
    headers.add(new DescriptionList.Term("Outcome"), outcome);
    fact(headers, "Attempts", Integer.toString(mail.attempts()));
    fact(headers, "Accepted", mail.sentAt() == null ? null : MomentText.full(mail.sentAt(), zone));
    fact(headers, "Error", mail.error());
    fact(
        headers,
        "Next attempt",
        mail.nextAttemptAt() == null ? null : MomentText.full(mail.nextAttemptAt(), zone));
    return headers;
  }

  private static void fact(DescriptionList headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(new DescriptionList.Term(name), new DescriptionList.Description(value));
    }
  }

  private static Pre source(String text) {
    Pre source = new Pre(text);
    source.getStyle().set("white-space", "pre-wrap").set("overflow-wrap", "anywhere");
    return source;
  }

  /** In a frame without scripts, forms, same origin or a way out: the empty sandbox. */
  private static Component html(String html) {
    IFrame frame = new IFrame();
    frame.setSrcdoc(html);
    frame.getElement().setAttribute("sandbox", "");
    frame.getElement().setAttribute("title", "The mail as HTML");
    frame.setWidthFull();
    frame.setHeight("36rem");
    frame.getStyle().set("border", "0");
    return frame;
  }
}
