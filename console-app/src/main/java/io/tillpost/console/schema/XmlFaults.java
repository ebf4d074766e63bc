package io.tillpost.console.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Gathers what the validator of the platform finds, and says in sentences what is needed. It tells
 * of a value in two steps: first what is wrong with it, then whose value it is.
 */
final class XmlFaults implements ErrorHandler {
  private static final String AT = "http://apache.org/xml/properties/dom/current-element-node";
  private static final int MOST = 100_000;
  private static final Pattern CODE = Pattern.compile("^([A-Za-z0-9.-]+): ");
  private static final Pattern ATTRIBUTE = Pattern.compile("[Aa]ttribute '([^']*)'");

  /** How a broken rule about a value reads; what is not here keeps the words of the platform. */
  private static final Map<Pattern, Function<MatchResult, String>> VALUES =
      Map.of(
          Pattern.compile("is not a valid value for '([^']*)'"),
          found -> "A value of the type %s is needed".formatted(found.group(1)),
          Pattern.compile("enumeration '\\[(.*)]'"),
          found -> "One of these is needed: " + found.group(1),
          Pattern.compile("respect to pattern '(.*)' for type"),
          found -> "It has to fit the pattern " + found.group(1),
          Pattern.compile("respect to minInclusive '([^']*)'"),
          found -> "At least %s is needed".formatted(found.group(1)),
          Pattern.compile("respect to maxInclusive '([^']*)'"),
          found -> "At most %s is possible".formatted(found.group(1)),
          Pattern.compile("respect to minExclusive '([^']*)'"),
          found -> "More than %s is needed".formatted(found.group(1)),
          Pattern.compile("respect to maxExclusive '([^']*)'"),
          found -> "Less than %s is needed".formatted(found.group(1)),
          Pattern.compile("respect to minLength '([^']*)'"),
          found -> "At least %s characters are needed".formatted(found.group(1)),
          Pattern.compile("respect to maxLength '([^']*)'"),
          found -> "At most %s characters are possible".formatted(found.group(1)));

  private final Validator validator;
  private final List<SchemaFault> faults = new ArrayList<>();
  private @Nullable SAXParseException ofValue;

  XmlFaults(Validator validator) {
    this.validator = validator;
  }

  /** Everything found. */
  List<SchemaFault> all() {
    SAXParseException left = ofValue;
    if (left != null) {
      ofValue = null;
      add("", left);
    }
    return faults.stream().distinct().toList();
  }

  @Override
  public void warning(SAXParseException found) {
    // A warning breaks no rule.
  }

  @Override
  public void error(SAXParseException found) {
    String code = code(found);
    SAXParseException about = ofValue;
    if (code.startsWith("cvc-datatype") || code.endsWith("-valid") || code.startsWith("cvc-id")) {
      if (about == null) {
        ofValue = found;
      }
      return;
    }
    ofValue = null;
    // What follows names whose value it is; where nothing came before, it speaks for itself.
    add(ofAttribute(code, found), about == null ? found : about);
  }

  @Override
  public void fatalError(SAXParseException found) throws SAXException {
    throw found;
  }

  /** The words of the platform without its code. */
  static String withoutCode(SAXParseException found) {
    return CODE.matcher(String.valueOf(found.getMessage())).replaceFirst("");
  }

  private void add(String attribute, SAXParseException found) {
    if (faults.size() < MOST) {
      faults.add(new SchemaFault(path() + attribute, rule(found), words(found)));
    }
  }

  private static String ofAttribute(String code, SAXParseException found) {
    Matcher named = ATTRIBUTE.matcher(String.valueOf(found.getMessage()));
    boolean speaksOfOne =
        code.startsWith("cvc-attribute")
            || code.startsWith("cvc-complex-type.3")
            || code.equals("cvc-complex-type.4");
    return speaksOfOne && named.find() ? "/@" + named.group(1) : "";
  }

  private String path() {
    try {
      return validator.getProperty(AT) instanceof Element element ? XmlTexts.path(element) : "";
    } catch (SAXException e) {
      throw new IllegalStateException("The validator of the platform tells where it is", e);
    }
  }

  /** The code, and what the schema asks for; without the value, which may change. */
  private static String rule(SAXParseException found) {
    String words = words(found);
    return code(found) + " " + (words.contains("'") ? "" : words);
  }

  private static String words(SAXParseException found) {
    String text = withoutCode(found);
    String code = code(found);
    if (code.equals("cvc-complex-type.4")) {
      return "It is missing: add it in the text";
    }
    if (code.startsWith("cvc-complex-type.3.2")) {
      return "The schema does not know it: take it out in the text";
    }
    for (Map.Entry<Pattern, Function<MatchResult, String>> known : VALUES.entrySet()) {
      Matcher matcher = known.getKey().matcher(text);
      if (matcher.find()) {
        return known.getValue().apply(matcher.toMatchResult());
      }
    }
    return text.replaceAll("\\{\"?[^{}\"]*\"?:([^{}]*)}", "$1");
  }

  private static String code(SAXParseException found) {
    Matcher matcher = CODE.matcher(String.valueOf(found.getMessage()));
    return matcher.find() ? matcher.group(1) : "";
  }
}
