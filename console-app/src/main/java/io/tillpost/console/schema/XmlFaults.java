package io.tillpost.console.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** How a broken rule about a value reads. */
  private static final Map<Pattern, String> VALUES =
      Map.ofEntries(
          entry(
              "is not a valid value (?:for|of union type) '([^']*)'",
              "A value of the type %s is needed"),
          entry("enumeration '\\[(.*)]'", "One of these is needed: %s"),
          entry("respect to pattern '(.*)' for type", "It has to fit the pattern %s"),
          entry("respect to minInclusive '([^']*)'", "At least %s is needed"),
          entry("respect to maxInclusive '([^']*)'", "At most %s is possible"),
          entry("respect to minExclusive '([^']*)'", "More than %s is needed"),
          entry("respect to maxExclusive '([^']*)'", "Less than %s is needed"),
          entry("respect to length '([^']*)'", "Exactly %s characters are needed"),
          entry("respect to minLength '([^']*)'", "At least %s characters are needed"),
          entry("respect to maxLength '([^']*)'", "At most %s characters are possible"),
          entry("of total digits has been limited to (\\d+)", "At most %s digits are possible"),
          entry(
              "of fraction digits has been limited to (\\d+)",
              "At most %s digits after the point are possible"));

  /** How other broken rules read, by the beginning of their code. */
  private static final Map<String, String> RULES =
      Map.of(
          "cvc-complex-type.4", "It is missing: add it in the text",
          "cvc-complex-type.3.2", "The schema does not know it: take it out in the text",
          "cvc-attribute.4", "The schema fixes another value",
          "cvc-elt.5.2.2", "The schema fixes another value",
          "cvc-id.1", "An element refers to an id that is not there",
          "cvc-id.2", "This id is there already",
          "cvc-identity-constraint.4.1", "What has to be there once is there twice",
          "cvc-identity-constraint.4.2.1", "A part of a key is missing",
          "cvc-identity-constraint.4.2.2", "What has to be there once is there twice",
          "cvc-identity-constraint.4.3", "It refers to something that is not there");

  /** Codes of which the words of the platform tell of names alone. */
  private static final List<String> OF_NAMES =
      List.of("cvc-complex-type.", "cvc-elt.1", "cvc-type.3.1.1", "cvc-type.3.1.2");

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
    if (code.startsWith("cvc-datatype") || code.endsWith("-valid") || code.equals("cvc-id.2")) {
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

  /**
   * The code, and what the schema asks for; without the value, which may change. Of references and
   * keys it is the value that tells one broken rule from another.
   */
  private static String rule(SAXParseException found) {
    String code = code(found);
    return code + " " + (code.startsWith("cvc-id") ? found.getMessage() : words(found));
  }

  /** What is needed, without the value that stands there: more see it than may see payloads. */
  private static String words(SAXParseException found) {
    String text = withoutCode(found);
    for (Map.Entry<Pattern, String> known : VALUES.entrySet()) {
      Matcher matcher = known.getKey().matcher(text);
      if (matcher.find()) {
        return LimitText.of(known.getValue(), matcher.group(1));
      }
    }
    String code = code(found);
    for (Map.Entry<String, String> known : RULES.entrySet()) {
      if (code.startsWith(known.getKey())) {
        return known.getValue();
      }
    }
    return OF_NAMES.stream().anyMatch(code::startsWith)
        ? text.replaceAll("\\{\"?[^{}\"]*\"?:([^{}]*)}", "$1")
        : "It does not fit the schema (%s)".formatted(code);
  }

  private static Map.Entry<Pattern, String> entry(String words, String needed) {
    return Map.entry(Pattern.compile(words), needed);
  }

  private static String code(SAXParseException found) {
    Matcher matcher = CODE.matcher(String.valueOf(found.getMessage()));
    return matcher.find() ? matcher.group(1) : "";
  }
}
