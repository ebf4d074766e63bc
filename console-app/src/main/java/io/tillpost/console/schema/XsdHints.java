package io.tillpost.console.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What an XML Schema says about the fields that a payload has. Only help for who edits: what holds
 * is the check. Names are looked up without their namespaces, and substitution is not followed.
 */
final class XsdHints {
  private static final int DEEPEST = 100;
  private static final Set<String> NUMBERS =
      Set.of(
          "decimal",
          "integer",
          "int",
          "long",
          "short",
          "byte",
          "float",
          "double",
          "positiveInteger",
          "nonNegativeInteger",
          "unsignedInt",
          "unsignedLong");

  private final Element schema;

  XsdHints(Document schema) {
    this.schema = schema.getDocumentElement();
  }

  /** By the path of each value; values that the schema says nothing about are left out. */
  Map<String, SchemaHint> of(Element payload) {
    Map<String, SchemaHint> hints = new LinkedHashMap<>();
    walk(payload, global("element", payload.getLocalName()), true, hints, 0);
    return hints;
  }

  private void walk(
      Element value,
      @Nullable Element declared,
      boolean required,
      Map<String, SchemaHint> into,
      int depth) {
    if (declared == null || depth > DEEPEST) {
      return;
    }
    String path = XmlTexts.path(value);
    Element type = type(declared, "type");
    for (int i = 0; i < value.getAttributes().getLength(); i++) {
      Attr attribute = (Attr) value.getAttributes().item(i);
      Element known = part(type, "attribute", String.valueOf(attribute.getLocalName()), 0);
      if (known != null) {
        into.put(
            path + "/@" + attribute.getName(),
            hint(known, known.getAttribute("use").equals("required")));
      }
    }
    List<Element> children = elements(value);
    if (children.isEmpty()) {
      into.put(path, hint(declared, required));
    }
    for (Element child : children) {
      Element known = part(type, "element", child.getLocalName(), 0);
      walk(child, resolved(known), known != null && isRequired(known), into, depth + 1);
    }
  }

  /** Where it stands once and is no choice. */
  private static boolean isRequired(Element declared) {
    return !declared.getAttribute("minOccurs").equals("0")
        && declared.getParentNode() instanceof Element group
        && !group.getLocalName().equals("choice")
        && !group.getAttribute("minOccurs").equals("0");
  }

  private @Nullable Element resolved(@Nullable Element declared) {
    return declared == null || declared.getAttribute("ref").isEmpty()
        ? declared
        : global("element", local(declared.getAttribute("ref")));
  }

  /** The element or attribute of that name inside a type, wherever it is grouped. */
  private @Nullable Element part(@Nullable Element in, String kind, String name, int depth) {
    if (in == null || depth > DEEPEST) {
      return null;
    }
    for (Element child : elements(in)) {
      String word = child.getLocalName();
      if (word.equals(kind)) {
        if (child.getAttribute("name").equals(name)
            || local(child.getAttribute("ref")).equals(name)) {
          return child;
        }
      } else if (Set.of("sequence", "choice", "all", "complexContent", "simpleContent")
          .contains(word)) {
        Element found = part(child, kind, name, depth + 1);
        if (found != null) {
          return found;
        }
      } else if (word.equals("extension") || word.equals("restriction")) {
        Element found = part(child, kind, name, depth + 1);
        return found != null
            ? found
            : part(global("complexType", local(child.getAttribute("base"))), kind, name, depth + 1);
      } else if (word.equals("group") || word.equals("attributeGroup")) {
        Element found = part(global(word, local(child.getAttribute("ref"))), kind, name, depth + 1);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** The type that is written inside, or the named one; null for one of the standard's own. */
  private @Nullable Element type(Element declared, String attribute) {
    for (Element child : elements(declared)) {
      if (child.getLocalName().equals("complexType") || child.getLocalName().equals("simpleType")) {
        return child;
      }
    }
    String name = local(declared.getAttribute(attribute));
    Element complex = name.isEmpty() ? null : global("complexType", name);
    return complex != null || name.isEmpty() ? complex : global("simpleType", name);
  }

  private SchemaHint hint(Element declared, boolean required) {
    List<String> choices = new ArrayList<>();
    List<String> limits = new ArrayList<>();
    String name = local(declared.getAttribute("type"));
    Element type = type(declared, "type");
    for (int depth = 0; type != null && depth < DEEPEST; depth++) {
      Element derived = derived(type);
      if (derived == null) {
        break;
      }
      for (Element facet : elements(derived)) {
        String value = facet.getAttribute("value");
        switch (facet.getLocalName()) {
          case "enumeration" -> choices.add(value);
          case "minInclusive" -> limits.add("at least " + value);
          case "maxInclusive" -> limits.add("at most " + value);
          case "minExclusive" -> limits.add("more than " + value);
          case "maxExclusive" -> limits.add("less than " + value);
          case "minLength" -> limits.add(LimitText.of("at least %s characters", value));
          case "maxLength" -> limits.add(LimitText.of("at most %s characters", value));
          case "pattern" -> limits.add("like " + value);
          default -> {}
        }
      }
      name = local(derived.getAttribute("base"));
      type = type(derived, "base");
    }
    SchemaHint.Value kind =
        NUMBERS.contains(name)
            ? SchemaHint.Value.NUMBER
            : name.equals("boolean") ? SchemaHint.Value.TRUTH : SchemaHint.Value.TEXT;
    if (kind == SchemaHint.Value.TEXT && Set.of("date", "dateTime", "time").contains(name)) {
      limits.add("a " + name);
    }
    return new SchemaHint(
        null,
        documentation(declared),
        required,
        kind,
        choices,
        choices.isEmpty() ? String.join(", ", limits) : "");
  }

  /** What a type is made of, with its facets. */
  private static @Nullable Element derived(Element type) {
    for (Element child : elements(type)) {
      switch (child.getLocalName()) {
        case "restriction", "extension" -> {
          return child;
        }
        case "simpleContent" -> {
          return derived(child);
        }
        default -> {}
      }
    }
    return null;
  }

  private static @Nullable String documentation(Element declared) {
    for (Element child : elements(declared)) {
      if (child.getLocalName().equals("annotation")) {
        for (Element words : elements(child)) {
          if (words.getLocalName().equals("documentation")) {
            String text = words.getTextContent().strip().replaceAll("\\s+", " ");
            return text.isEmpty() ? null : text;
          }
        }
      }
    }
    return null;
  }

  private @Nullable Element global(String kind, String name) {
    for (Element child : elements(schema)) {
      if (child.getLocalName().equals(kind)
          && XMLConstants.W3C_XML_SCHEMA_NS_URI.equals(child.getNamespaceURI())
          && child.getAttribute("name").equals(name)) {
        return child;
      }
    }
    return null;
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  private static List<Element> elements(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }
}
