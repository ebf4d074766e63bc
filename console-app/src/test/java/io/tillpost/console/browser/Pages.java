package io.tillpost.console.browser;

import com.vaadin.flow.router.Route;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The pages that there are, so that no test that is about all of them leaves one out. */
public final class Pages {
  /** Stands where an address has a part that is filled in. */
  public static final String ANY = "none";

  /** The login, and the bare address, which leads on. */
  private static final Set<String> OF_NO_ROLE = Set.of("login", "");

  private Pages() {}

  /**
   * The address of every page that only somebody logged in may open, with {@link #ANY} for a part
   * that has to be filled in and without one that may be left out.
   */
  public static Set<String> addresses() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(Route.class));
    return scanner.findCandidateComponents("io.tillpost.console").stream()
        .map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
        .map(type -> type.getAnnotation(Route.class).value())
        .filter(path -> !OF_NO_ROLE.contains(path))
        .map(path -> path.replaceAll("/:[^/]+\\?", "").replaceAll(":[^/]+", ANY))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
