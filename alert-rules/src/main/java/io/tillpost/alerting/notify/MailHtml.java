package io.tillpost.alerting.notify;

import io.tillpost.alerting.evaluate.AffectedStore;
import io.tillpost.alerting.evaluate.AlertMessage;
import io.tillpost.alerting.evaluate.Words;
import java.util.List;
import java.util.Map;

/** Writes the HTML part: one column, no picture, no script, readable in light and dark. */
final class MailHtml {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>${subject}</title>
      </head>
      <body style="margin:0;padding:24px;font:15px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
      <div style="max-width:640px;margin:0 auto">
      <p style="margin:0 0 4px;font-weight:700;letter-spacing:.04em;color:${colour}">${state}</p>
      <h1 style="margin:0 0 4px;font-size:20px;line-height:1.3">${title}</h1>
      <p style="margin:0 0 16px;font-size:17px">${headline}</p>
      <p style="margin:0">${story}</p>
      ${reasons}
      <p style="margin:0 0 16px;opacity:.75">${attributes}</p>
      ${meaning}
      ${whatToDo}
      ${runbook}
      ${stores}
      <p style="margin:24px 0"><a href="${link}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#1d4ed8;color:#ffffff;text-decoration:none">Open in Tillpost</a></p>
      <p style="margin:0;font-size:13px;opacity:.75">Sent by Tillpost. Opening the link asks for your login; nothing is done by the link alone.</p>
      </div>
      </body>
      </html>
      """;

  private static final String REASONS =
      "<ul style=\"margin:4px 0 8px;padding-left:20px\">${rows}</ul>";

  private static final String REASON = "<li>${text}</li>";

  private static final String SECTION =
      """
      <h2 style="margin:16px 0 4px;font-size:15px">${title}</h2>
      <p style="margin:0">${body}</p>
      """;

  private static final String RUNBOOK =
      "<p style=\"margin:4px 0 0\"><a href=\"${link}\">Runbook</a></p>";

  private static final String STORES =
      """
      <h2 style="margin:16px 0 4px;font-size:15px">${title}</h2>
      <table style="border-collapse:collapse;width:100%;font-size:14px">
      <tr><th style="text-align:left;padding:4px 8px 4px 0">Store</th><th style="text-align:right;padding:4px 8px">${counted}</th><th style="text-align:right;padding:4px 8px">Money</th><th style="text-align:right;padding:4px 0 4px 8px">${aged}</th></tr>
      ${rows}
      </table>
      """;

  private static final String STORE =
      """
      <tr><td style="padding:4px 8px 4px 0;border-top:1px solid #8886">${store}</td><td style="text-align:right;padding:4px 8px;border-top:1px solid #8886">${count}</td><td style="text-align:right;padding:4px 8px;border-top:1px solid #8886">${money}</td><td style="text-align:right;padding:4px 0 4px 8px;border-top:1px solid #8886">${age}</td></tr>
      """;

  private MailHtml() {}

  static String of(MailContent content) {
    AlertMessage message = content.alert().message();
    boolean clear = content.kind() == NotificationKind.RESOLVED;
    return Html.fill(
            PAGE,
            Map.ofEntries(
                Map.entry("subject", Html.text(content.subject())),
                Map.entry("colour", Html.text(clear ? "#15803d" : "#dc2626")),
                Map.entry("state", Html.text(content.kind().words())),
                Map.entry("title", Html.text(content.alert().title())),
                Map.entry("headline", Html.text(content.headline())),
                Map.entry("story", Html.text(content.story())),
                Map.entry("reasons", reasons(content.reasons())),
                Map.entry("attributes", Html.text(content.attributes())),
                Map.entry("meaning", section("What it means", clear ? "" : message.meaning())),
                Map.entry("whatToDo", section("What to do", clear ? "" : message.whatToDo())),
                Map.entry("runbook", clear ? Html.NOTHING : runbook(message)),
                Map.entry("stores", stores(content)),
                Map.entry("link", Html.text(content.link().toString()))))
        .markup();
  }

  private static Html reasons(List<String> reasons) {
    if (reasons.isEmpty()) {
      return Html.NOTHING;
    }
    List<Html> rows =
        reasons.stream().map(r -> Html.fill(REASON, Map.of("text", Html.text(r)))).toList();
    return Html.fill(REASONS, Map.of("rows", Html.join(rows)));
  }

  private static Html section(String title, String body) {
    return body.isEmpty()
        ? Html.NOTHING
        : Html.fill(SECTION, Map.of("title", Html.text(title), "body", Html.text(body)));
  }

  private static Html runbook(AlertMessage message) {
    String runbook = message.runbook();
    return runbook == null ? Html.NOTHING : Html.fill(RUNBOOK, Map.of("link", Html.text(runbook)));
  }

  private static Html stores(MailContent content) {
    List<AffectedStore> stores = content.stores();
    if (stores.isEmpty()) {
      return Html.NOTHING;
    }
    boolean messages = stores.stream().anyMatch(store -> store.count() > 0);
    List<Html> rows = stores.stream().map(store -> row(content, store)).toList();
    return Html.fill(
        STORES,
        Map.of(
            "title", Html.text(content.storesTitle()),
            "counted", Html.text("Messages"),
            "aged", Html.text(messages ? "Oldest" : "Silent for"),
            "rows", Html.join(rows)));
  }

  private static Html row(MailContent content, AffectedStore store) {
    String name =
        store.name().equals(store.storeId())
            ? store.storeId()
            : store.storeId() + " " + store.name();
    return Html.fill(
        STORE,
        Map.of(
            "store", Html.text(name),
            "count", Html.text(store.count() == 0 ? "–" : Words.number(store.count())),
            "money", Html.text(Words.money(store.money())),
            "age", Html.text(content.age(store))));
  }
}
