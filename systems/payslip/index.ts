import { environmentProgram } from "../../components/program";

export = environmentProgram;
