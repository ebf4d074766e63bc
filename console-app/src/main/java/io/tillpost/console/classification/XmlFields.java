package io.tillpost.console.classification;

import io.tillpost.console.classification.FieldPath.Step;
import io.tillpost.console.classification.PayloadFields.Found;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of XML event by event. A document type ends the reading: it could name files of this
 * machine, or entities that grow without end.
 */
final class XmlFields {
  private static final XMLInputFactory XML = factory();

  private XmlFields() {}

  static FieldValues read(String body, Found found) {
    try {
      XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(body));
      try {
        return walk(reader, found) ? found.values() : FieldValues.NONE;
      } finally {
        reader.close();
      }
    } catch (XMLStreamException _) {
      return FieldValues.NONE;
    } catch (RuntimeException _) {
      // The reader of the platform fails on some document types, for want of words for a fault:
      // whatever it fails on cannot be read, and must not keep others from being classified.
      return FieldValues.NONE;
    }
  }

  private static XMLInputFactory factory() {
    // The one of the platform, whatever lies on the class path.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setXMLResolver(
        (_, _, _, _) -> {
          throw new XMLStreamException("Nothing else is read");
        });
    return factory;
  }

  private static boolean walk(XMLStreamReader reader, Found found) throws XMLStreamException {
    List<Element> open = new ArrayList<>();
    Element document = new Element("", 1);
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (open.size() >= PayloadFields.DEEPEST) {
            return false;
          }
          Element above = open.isEmpty() ? document : open.getLast();
          String name = reader.getLocalName();
          open.add(new Element(name, above.alike.merge(name, 1, Integer::sum)));
          attributes(reader, open, found);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!open.isEmpty()) {
            open.getLast().add(reader.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          Element element = open.getLast();
          // As the editor of payloads has it: text between elements is a value, no text is not.
          if (element.alike.isEmpty() || !element.text.toString().isBlank()) {
            collect(open, null, element.text.toString(), found);
          }
          open.removeLast();
        }
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
          return false;
        }
        default -> {
          // Comments and instructions say nothing.
        }
      }
    }
    return true;
  }

  private static void attributes(XMLStreamReader reader, List<Element> open, Found found) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String prefix = reader.getAttributePrefix(i);
      String name = reader.getAttributeLocalName(i);
      collect(
          open,
          prefix == null || prefix.isEmpty() ? name : prefix + ":" + name,
          reader.getAttributeValue(i),
          found);
    }
  }

  private static void collect(
      List<Element> open, @Nullable String attribute, String text, Found found) {
    for (FieldPath path : found.paths()) {
      if (leadsTo(path.steps(), open, attribute)) {
        found.add(path, words(open, attribute), text);
      }
    }
  }

  private static boolean leadsTo(List<Step> steps, List<Element> open, @Nullable String attribute) {
    if (steps.size() != open.size() + (attribute == null ? 0 : 1)) {
      return false;
    }
    for (int i = 0; i < steps.size(); i++) {
      boolean same =
          switch (steps.get(i)) {
            // A name alone has no slash to tell what it is of.
            case Step.Member(String name) ->
                steps.size() == 1 && i < open.size() && open.get(i).isCalled(name);
            case Step.Item _ -> false;
            case Step.Element(String name, int position) ->
                i < open.size()
                    && open.get(i).isCalled(name)
                    && (position == Step.ANY || position == open.get(i).position);
            case Step.Attribute(String name) -> attribute != null && isCalled(attribute, name);
          };
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** With its prefix, or without where none is asked for. */
  private static boolean isCalled(String name, String asked) {
    return name.equals(asked)
        || (asked.indexOf(':') < 0 && name.substring(name.indexOf(':') + 1).equals(asked));
  }

  private static String words(List<Element> open, @Nullable String attribute) {
    StringBuilder words = new StringBuilder();
    for (Element element : open) {
      words.append(words.isEmpty() ? "" : "/").append(element.name);
      if (element.position > 1) {
        words.append('[').append(element.position).append(']');
      }
    }
    return attribute == null ? words.toString() : words.append("/@").append(attribute).toString();
  }

  /** An element that is not closed yet, with how many of each name stood in it so far. */
  private static final class Element {
    private final String name;
    private final int position;
    private final Map<String, Integer> alike = new HashMap<>();
    private final StringBuilder text = new StringBuilder();

    Element(String name, int position) {
      this.name = name;
      this.position = position;
    }

    boolean isCalled(String asked) {
      return XmlFields.isCalled(name, asked);
    }

    void add(String more) {
      int room = PayloadFields.LONGEST_VALUE - text.length();
      text.append(more, 0, Math.min(room, more.length()));
    }
  }
}
