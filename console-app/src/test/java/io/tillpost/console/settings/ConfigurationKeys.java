package io.tillpost.console.settings;

import io.tillpost.console.ConsoleApplication;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Every key below {@code tillpost.}, read from the records that are bound. */
public final class ConfigurationKeys {

  /** Settings under names that the user chooses are bound without an annotation. */
  private static final Map<String, String> NAMED =
      Map.of(
          "tillpost.workflows.<name>", "io.tillpost.settings.WorkflowProperties",
          "tillpost.apis.<name>", "io.tillpost.console.settings.ApiProperties",
          "tillpost.channels.<name>", "io.tillpost.console.recovery.channel.ChannelProperties");

  /** Stands for a name that the user chooses. */
  static final String CHOSEN_NAME = "<name>";

  /** Follows a key whose value is a list of parts with keys of their own. */
  static final String EACH = "[]";

  private ConfigurationKeys() {}

  /**
   * A record and the prefix of its keys.
   *
   * @param refusesUnknown whether a key that it does not have stops the start
   */
  public record Bound(String prefix, Class<?> type, boolean refusesUnknown) {
    /** Whether the process of its own that takes in data reads it too. */
    public boolean isOfIngest() {
      return type.getPackageName().startsWith("io.tillpost.ingest");
    }
  }

  /** The annotated records of the console and of ingest, by prefix and then by name. */
  public static List<Bound> bound() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    return scanner.findCandidateComponents("io.tillpost").stream()
        .map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), loader()))
        .map(
            type -> {
              ConfigurationProperties annotation =
                  type.getAnnotation(ConfigurationProperties.class);
              String prefix =
                  annotation.prefix().isEmpty() ? annotation.value() : annotation.prefix();
              return new Bound(prefix, type, !annotation.ignoreUnknownFields());
            })
        .sorted(Comparator.comparing(Bound::prefix).thenComparing(bound -> bound.type().getName()))
        .toList();
  }

  /** All keys with their type and default, as lines, those under chosen names included. */
  public static List<String> lines() {
    Map<String, String> lines = new TreeMap<>();
    for (Bound bound : bound()) {
      addTo(lines, bound.prefix(), bound.type());
    }
    NAMED.forEach(
        (prefix, type) -> addTo(lines, prefix, ClassUtils.resolveClassName(type, loader())));
    return List.copyOf(lines.values());
  }

  /** The keys of one record, without type and default. */
  public static List<String> of(Bound bound) {
    Map<String, String> lines = new TreeMap<>();
    addTo(lines, bound.prefix(), bound.type());
    return List.copyOf(lines.keySet());
  }

  private static void addTo(Map<String, String> lines, String prefix, Class<?> type) {
    for (Parameter parameter : constructor(type).getParameters()) {
      String key = prefix + "." + DataObjectPropertyName.toDashedForm(parameter.getName());
      String shown =
          Map.class.isAssignableFrom(parameter.getType()) ? key + "." + CHOSEN_NAME : key;
      Class<?> value = valueOf(parameter);
      if (value.isRecord()) {
        boolean listed = Collection.class.isAssignableFrom(parameter.getType());
        addTo(lines, listed ? shown + EACH : shown, value);
      } else {
        String line = shown + ": " + typeOf(parameter) + defaultOf(parameter);
        String known = lines.putIfAbsent(key, line);
        if (known != null && !known.equals(line)) {
          throw new IllegalStateException(
              "Two processes read it differently: " + known + ", " + line);
        }
      }
    }
  }

  /** The parameter's own type; of a map or a collection that of its values. */
  private static Class<?> valueOf(Parameter parameter) {
    if (parameter.getParameterizedType() instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return arguments[arguments.length - 1] instanceof Class<?> value
          ? value
          : parameter.getType();
    }
    return parameter.getType();
  }

  private static Constructor<?> constructor(Class<?> type) {
    List<Constructor<?>> constructors =
        new ArrayList<>(Arrays.asList(type.getDeclaredConstructors()));
    constructors.sort(
        Comparator.comparingInt((Constructor<?> c) -> c.getParameterCount()).reversed());
    return constructors.getFirst();
  }

  private static String typeOf(Parameter parameter) {
    return simple(parameter.getParameterizedType());
  }

  private static String simple(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return Map.class.isAssignableFrom((Class<?>) generic.getRawType())
          ? simple(arguments[arguments.length - 1])
          : "list of " + simple(arguments[0]);
    }
    return ((Class<?>) type).getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String defaultOf(Parameter parameter) {
    DefaultValue value = parameter.getAnnotation(DefaultValue.class);
    return value == null || value.value().length == 0
        ? ""
        : " = " + String.join(", ", value.value());
  }

  private static ClassLoader loader() {
    return ConsoleApplication.class.getClassLoader();
  }
}
