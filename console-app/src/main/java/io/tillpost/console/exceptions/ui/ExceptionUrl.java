package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.router.QueryParameters;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The filter as it stands in the address; what cannot be read there asks for nothing. */
final class ExceptionUrl {
  private ExceptionUrl() {}

  /**
   * The filter.
   *
   * @param me the user name that {@code assignee=me} stands for
   */
  static ExceptionFilter read(QueryParameters url, String me) {
    Map<String, List<String>> all = url.getParameters();
    return new ExceptionFilter(
        Set.copyOf(all.getOrDefault("workflow", List.of())),
        Set.copyOf(all.getOrDefault("target", List.of())),
        all.getOrDefault("class", List.of()).stream()
            .flatMap(name -> constant(FailureClass.class, name).stream())
            .collect(Collectors.toSet()),
        url.getSingleParameter("owner").flatMap(n -> constant(OwnerSide.class, n)).orElse(null),
        url.getSingleParameter("assignee").map(who -> who.equals("me") ? me : who).orElse(null),
        url.getSingleParameter("q").orElse(null));
  }

  static QueryParameters write(ExceptionFilter filter) {
    Map<String, List<String>> all = new HashMap<>();
    put(all, "workflow", filter.workflows());
    put(all, "target", filter.targets());
    put(all, "class", filter.classes().stream().map(Enum::name).toList());
    put(all, "owner", filter.side() == null ? null : filter.side().name());
    put(all, "assignee", filter.assignee());
    put(all, "q", filter.text());
    return new QueryParameters(all);
  }

  private static void put(Map<String, List<String>> all, String name, @Nullable String value) {
    put(all, name, value == null ? List.of() : List.of(value));
  }

  private static void put(Map<String, List<String>> all, String name, Collection<String> values) {
    if (!values.isEmpty()) {
      all.put(name, values.stream().sorted().toList());
    }
  }

  private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants()).filter(e -> e.name().equals(name)).findFirst();
  }
}
