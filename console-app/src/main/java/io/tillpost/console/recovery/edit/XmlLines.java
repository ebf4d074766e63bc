package io.tillpost.console.recovery.edit;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** In which line of XML each element begins, and its attributes with it. */
final class XmlLines {
  private XmlLines() {}

  /** An element while it is read: how many children of each name came, and where. */
  private record Open(String path, Map<String, List<Integer>> children) {}

  /** By the paths of {@link XmlFormat}; nothing where the text cannot be read. */
  static Map<String, Integer> of(String body) {
    Map<String, Integer> counted = new LinkedHashMap<>();
    Map<String, Boolean> alone = new HashMap<>();
    try {
      XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
      read(factory.createXMLStreamReader(new StringReader(body)), counted, alone);
    } catch (XMLStreamException e) {
      return Map.of();
    }
    Map<String, Integer> lines = new LinkedHashMap<>();
    counted.forEach((path, line) -> lines.put(shortened(path, alone), line));
    return lines;
  }

  private static void read(
      XMLStreamReader reader, Map<String, Integer> counted, Map<String, Boolean> alone)
      throws XMLStreamException {
    Deque<Open> open = new ArrayDeque<>();
    open.push(new Open("", new HashMap<>()));
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        Open parent = open.element();
        String name = reader.getLocalName();
        int line = reader.getLocation().getLineNumber();
        List<Integer> alike = parent.children().computeIfAbsent(name, _ -> new ArrayList<>());
        alike.add(line);
        String path = parent.path() + "/" + name + "[" + alike.size() + "]";
        alone.put(parent.path() + "/" + name + "[1]", alike.size() == 1);
        counted.put(path, line);
        for (int i = 0; i < reader.getAttributeCount(); i++) {
          counted.put(path + "/@" + reader.getAttributeLocalName(i), line);
        }
        open.push(new Open(path, new HashMap<>()));
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        open.pop();
      }
    }
  }

  /** Without the number of what is alone, and the slash before the first. */
  private static String shortened(String path, Map<String, Boolean> alone) {
    StringBuilder shortened = new StringBuilder();
    StringBuilder whole = new StringBuilder();
    for (String step : path.substring(1).split("/", -1)) {
      whole.append('/').append(step);
      boolean only = Boolean.TRUE.equals(alone.get(whole.toString()));
      shortened
          .append(shortened.isEmpty() ? "" : "/")
          .append(only ? step.substring(0, step.length() - "[1]".length()) : step);
    }
    return shortened.toString();
  }
}
