package io.tillpost.alerting.notify;

import io.tillpost.alerting.evaluate.AffectedStore;
import io.tillpost.alerting.evaluate.AlertMessage;
import io.tillpost.alerting.evaluate.Words;

/** Writes the plain part. */
final class MailText {
  private MailText() {}

  static String of(MailContent content) {
    AlertMessage message = content.alert().message();
    StringBuilder text = new StringBuilder(1_000);
    line(text, content.kind().words() + ": " + content.alert().title());
    line(text, content.headline());
    line(text, "");
    line(text, "What happened");
    line(text, "  " + content.story());
    content.reasons().forEach(reason -> line(text, "  " + reason));
    line(text, "  " + content.attributes());
    if (content.kind() != NotificationKind.RESOLVED) {
      section(text, "What it means", message.meaning());
      section(text, "What to do", message.whatToDo());
      if (message.runbook() != null) {
        line(text, "  Runbook: " + message.runbook());
      }
    }
    if (!content.stores().isEmpty()) {
      line(text, "");
      line(text, content.storesTitle());
      content.stores().forEach(store -> line(text, "  " + store(content, store)));
    }
    line(text, "");
    line(text, "Open in Tillpost (after login): " + content.link());
    return text.toString();
  }

  private static String store(MailContent content, AffectedStore store) {
    StringBuilder row = new StringBuilder(store.storeId());
    if (!store.name().equals(store.storeId())) {
      row.append(' ').append(store.name());
    }
    row.append(": ");
    if (store.count() > 0) {
      row.append(Words.number(store.count()))
          .append(store.count() == 1 ? " message, " : " messages, ");
    }
    if (!store.money().isEmpty()) {
      row.append(Words.money(store.money())).append(", ");
    }
    return row.append(store.count() > 0 ? "oldest " : "last heard of ")
        .append(content.age(store))
        .append(store.count() > 0 ? "" : " ago")
        .toString();
  }

  private static void section(StringBuilder text, String title, String body) {
    if (!body.isEmpty()) {
      line(text, "");
      line(text, title);
      body.lines().forEach(l -> line(text, "  " + l));
    }
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
