package io.tillpost.estate.plan;

import java.time.ZoneId;
import java.util.List;

/**
 * A group of stores.
 *
 * @param name as operators say it
 * @param country ISO 3166 code; prefix of its tax codes
 * @param zone where its clocks stand
 * @param currency ISO 4217 code of its tills
 * @param priceFactor what a price of 1.00 EUR is in its currency, roughly
 * @param share its share of the stores
 * @param standardRate percent of the standard tax rate
 * @param reducedRate percent of the reduced tax rate
 * @param cities where its stores stand
 */
public record Region(
    String name,
    String country,
    ZoneId zone,
    String currency,
    double priceFactor,
    double share,
    int standardRate,
    int reducedRate,
    List<String> cities) {

  /** The regions of the estate, in the order of their store numbers. */
  public static final List<Region> ALL =
      List.of(
          region(
              "Germany North",
              "DE",
              "Europe/Berlin",
              "EUR",
              1,
              .20,
              19,
              7,
              "Hamburg,Bremen,Kiel,Hannover,Rostock,Lübeck,Oldenburg,Berlin,Potsdam,Schwerin,Braunschweig"),
          region(
              "Germany South",
              "DE",
              "Europe/Berlin",
              "EUR",
              1,
              .19,
              19,
              7,
              "München,Stuttgart,Nürnberg,Augsburg,Freiburg,Ulm,Regensburg,Mannheim,Karlsruhe,Würzburg,Passau"),
          region(
              "Austria",
              "AT",
              "Europe/Vienna",
              "EUR",
              1.05,
              .09,
              20,
              10,
              "Wien,Graz,Linz,Salzburg,Innsbruck,Klagenfurt,Villach"),
          region(
              "France",
              "FR",
              "Europe/Paris",
              "EUR",
              1.1,
              .15,
              20,
              5,
              "Paris,Lyon,Marseille,Toulouse,Nice,Nantes,Lille,Bordeaux,Rennes,Strasbourg"),
          region(
              "Spain",
              "ES",
              "Europe/Madrid",
              "EUR",
              .9,
              .10,
              21,
              10,
              "Madrid,Barcelona,Valencia,Sevilla,Zaragoza,Málaga,Bilbao"),
          region(
              "Canary Islands",
              "ES",
              "Atlantic/Canary",
              "EUR",
              .9,
              .02,
              7,
              3,
              "Las Palmas,Santa Cruz,La Laguna,Arrecife"),
          region(
              "United Kingdom",
              "GB",
              "Europe/London",
              "GBP",
              .86,
              .13,
              20,
              5,
              "London,Manchester,Birmingham,Leeds,Glasgow,Bristol,Liverpool,Cardiff,Edinburgh"),
          region(
              "Poland",
              "PL",
              "Europe/Warsaw",
              "PLN",
              4.3,
              .09,
              23,
              8,
              "Warszawa,Kraków,Gdańsk,Poznań,Wrocław,Łódź,Katowice"),
          region(
              "Romania",
              "RO",
              "Europe/Bucharest",
              "RON",
              4.9,
              .03,
              21,
              11,
              "București,Cluj,Timișoara,Iași,Brașov"));

  private static Region region(
      String name,
      String country,
      String zone,
      String currency,
      double priceFactor,
      double share,
      int standardRate,
      int reducedRate,
      String cities) {
    return new Region(
        name,
        country,
        ZoneId.of(zone),
        currency,
        priceFactor,
        share,
        standardRate,
        reducedRate,
        List.of(cities.split(",", -1)));
  }
}
