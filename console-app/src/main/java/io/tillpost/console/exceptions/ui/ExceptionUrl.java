package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.router.QueryParameters;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.ExceptionFilterParameters;

/** The filter as it stands in the address, with what cannot be read there. */
final class ExceptionUrl {
  private ExceptionUrl() {}

  /**
   * The filter, and a sentence for each value that asks for nothing because it cannot be read.
   *
   * @param me the user name that {@code assignee=me} stands for
   */
  static ExceptionFilterParameters.Read read(QueryParameters url, String me) {
    return ExceptionFilterParameters.read(url.getParameters(), me);
  }

  static QueryParameters write(ExceptionFilter filter) {
    return new QueryParameters(ExceptionFilterParameters.write(filter));
  }
}
