package io.tillpost.alerting.notify;

import java.util.List;

/**
 * A mail to one person, before it is written.
 *
 * @param id names it; of two with the same id only the first is ever sent
 * @param person the login name of who gets it
 * @param address where it goes
 * @param subject one line
 * @param items what it tells, in this order; never empty
 */
public record PersonalMail(
    String id, String person, String address, String subject, List<Item> items) {
  public PersonalMail {
    items = List.copyOf(items);
  }

  /**
   * One thing that it tells.
   *
   * @param title what it is about
   * @param lead who says it, and when
   * @param text as it was said, line breaks included
   * @param path where it stands in the console, beginning with a slash
   */
  public record Item(String title, String lead, String text, String path) {}
}
