package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.router.QueryParameters;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.ExceptionFilterParameters;

/** The filter as it stands in the address; what cannot be read there asks for nothing. */
final class ExceptionUrl {
  private ExceptionUrl() {}

  /**
   * The filter.
   *
   * @param me the user name that {@code assignee=me} stands for
   */
  static ExceptionFilter read(QueryParameters url, String me) {
    return ExceptionFilterParameters.read(url.getParameters(), me).filter();
  }

  static QueryParameters write(ExceptionFilter filter) {
    return new QueryParameters(ExceptionFilterParameters.write(filter));
  }
}
